"""What `make up` shows of a jobcenter at work: a made-up year that ends at the moment of the first start.

The year is drawn by ``deploy.synthetic``, the same for a seed but for its dates, and cut at now: so courses run,
cohorts stand open, referrals wait. What no year has by itself is told beside it: a pilot that awaits its decision,
companies that have asked and wait for their answer, and what the administration wants to reach. No person or company in
it is real.
"""

from deploy.demonstration.loading import load
from deploy.demonstration.year import year

__all__ = ["load", "year"]
