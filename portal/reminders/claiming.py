"""Taking envelopes to send: the wards served least first, a few each, never one that somebody else holds."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlalchemy import select, text
from sqlalchemy.orm import Session

from portal.reminders.delivery import Delivery

#: One claim: the lanes it takes from, and how many envelopes of each (reminders.md 3.7). Few busy lanes share it all.
LANES, EACH = 8, 4

_CLAIM = text("""
with lanes as (
  select l.ward_id, l.id from app.lane l
  where l.channel = :channel and l.urgency = :urgency and (l.paused_until is null or l.paused_until <= :now)
    and exists (select from app.delivery d
                where d.channel = l.channel and d.urgency = l.urgency and d.ward_id = l.ward_id
                  and d.state in ('queued', 'retry_wait') and d.not_before <= :now and d.expires_at > :now)
  order by l.vtime, l.ward_id limit :lanes
  for update of l skip locked
), picked as (
  select d.ward_id, d.id from lanes cross join lateral (
    select d.ward_id, d.id from app.delivery d
    where d.channel = :channel and d.urgency = :urgency and d.ward_id = lanes.ward_id
      and d.state in ('queued', 'retry_wait') and d.not_before <= :now and d.expires_at > :now
    order by d.not_before, d.id limit greatest(:each, :at_once / (select count(*) from lanes))
    for update of d skip locked) d
), claimed as (
  update app.delivery d
  set state = 'claimed', epoch = d.epoch + 1, lease_owner = :owner, lease_until = :lease
  from picked p where d.ward_id = p.ward_id and d.id = p.id
  returning d.*
), served as (
  update app.lane l set vtime = l.vtime + n.n / l.weight
  from (select ward_id, count(*) n from claimed group by ward_id) n
  where l.ward_id = n.ward_id and l.channel = :channel and l.urgency = :urgency
)
select * from claimed order by not_before, id
""")

_WAKE = text("""
update app.lane l
set awake = now.busy,
    vtime = case when now.busy then greatest(l.vtime, coalesce((
      select min(other.vtime) from app.lane other
      where other.channel = l.channel and other.urgency = l.urgency and other.awake), 0)) else l.vtime end
from (
  select l.ward_id, l.id, exists (
    select from app.delivery d where d.channel = l.channel and d.urgency = l.urgency and d.ward_id = l.ward_id
      and d.state in ('queued', 'retry_wait')) as busy
  from app.lane l order by l.ward_id, l.id for update of l skip locked
) now
where l.ward_id = now.ward_id and l.id = now.id and l.awake is distinct from now.busy
""")


def claim(
    dispatch: Session,
    urgency: int,
    owner: int,
    now: datetime,
    lease: timedelta,
    channel: str = "email",
    *,
    only_one: bool = False,
) -> Sequence[Delivery]:
    """Take up to LANES x EACH envelopes, or `only_one`; each is ours until the lease ends or its epoch moves on."""
    asked = select(Delivery).from_statement(_CLAIM).execution_options(populate_existing=True)
    values = {"channel": channel, "urgency": urgency, "owner": owner, "now": now, "lease": now + lease}
    lanes, each = (1, 1) if only_one else (LANES, EACH)
    return dispatch.scalars(asked, {**values, "lanes": lanes, "each": each, "at_once": lanes * each}).all()


def wake_lanes(dispatch: Session) -> None:
    """Lanes with new work start level with those that are busy: sleeping earns no credit."""
    dispatch.execute(_WAKE)
