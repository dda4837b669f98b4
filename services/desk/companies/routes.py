"""All of this part's routes."""

from services.desk.companies import agreements, company, contacts, directory, order_forms, order_pages
from services.desk.door.access import router

api = router()
for noun in (directory, company, contacts, agreements, order_pages, order_forms):
    api.include_router(noun.api)
