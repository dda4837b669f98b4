"""The result of one test as it is read: measured apart from inferred, and what is surely better than at first."""

from uuid import UUID

from services.assessment.rules.progress import Earlier, gains
from services.assessment.views.session import AreaView, GainedArea, TestResultView
from shared.contracts.assessment.result import AreaResult
from shared.persistence import Transaction


async def result_of(tx: Transaction, test_id: UUID) -> TestResultView:
    """The result of a finished test, as it was last scored."""
    row = await tx.fetchrow("SELECT * FROM test_result WHERE test_id = $1", test_id)
    assert row is not None, "a finished test has a result in the transaction that finishes it"
    areas = await tx.fetch("SELECT * FROM area_result WHERE test_id = $1 ORDER BY area", test_id)
    earlier = await tx.fetch(
        """
        SELECT t.finished_at, a.* FROM test_result AS t JOIN area_result AS a USING (test_id)
        WHERE t.citizen_id = $1 AND t.framework = $2 AND t.framework_version = $3 AND t.test_id <> $4
        """,
        row["citizen_id"],
        row["framework"],
        row["framework_version"],
        test_id,
    )
    found = [AreaResult.model_validate(dict(area)) for area in areas]
    tested = [Earlier(area["finished_at"], AreaResult.model_validate(dict(area))) for area in earlier]
    better = gains(found, row["finished_at"], tested)
    return TestResultView(
        **{name: row[name] for name in TestResultView.model_fields if name not in {"areas", "gained"}},
        areas=[AreaView(**area.model_dump(), measured=area.items > 0) for area in found],
        gained=[GainedArea(area=one.area, since=one.since, before=one.before, level=one.level) for one in better],
    )
