"""Taking envelopes to send: the wards served least first, a few each, never one that somebody else holds."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlalchemy import select, text
from sqlalchemy.orm import Session

from portal.reminders.delivery import Delivery

#: One claim: the lanes it takes from, and how many envelopes of each (reminders.md 3.7). Few busy lanes share it all.
LANES, EACH = 8, 8

# Lanes are walked in their order and looked into one by one until enough have work: whatever the planner believes of a
# table whose queue fills and empties within minutes, a claim costs the same beside one busy lane and beside thousands
# (delivery_claim_idx is the only index these conditions can be answered by).
# A lane that is emptied falls asleep, and is not looked into again before it is woken.
_CLAIM = text("""
with lanes as (
  select l.ward_id, l.id, due.waiting from app.lane l cross join lateral (
    select count(*) as waiting from (
      select from app.delivery d
      where d.channel = :channel and d.urgency = :urgency and d.ward_id = l.ward_id
        and d.state in ('queued', 'retry_wait') and d.not_before <= :now and d.expires_at > :now
      order by d.not_before, d.id limit :at_once + 1) few) due
  where l.channel = :channel and l.urgency = :urgency and l.awake
    and (l.paused_until is null or l.paused_until <= :now) and due.waiting > 0
  order by l.vtime limit :lanes
  for update of l skip locked
), share as (
  select greatest(:each, :at_once / count(*)) as most from lanes
), picked as (
  select d.ward_id, d.id from lanes cross join lateral (
    select d.ward_id, d.id from app.delivery d
    where d.channel = :channel and d.urgency = :urgency and d.ward_id = lanes.ward_id
      and d.state in ('queued', 'retry_wait') and d.not_before <= :now and d.expires_at > :now
    order by d.not_before, d.id limit (select most from share)
    for update of d skip locked) d
), claimed as (
  update app.delivery d
  set state = 'claimed', epoch = d.epoch + 1, lease_owner = :owner, lease_until = :lease
  from picked p where d.ward_id = p.ward_id and d.id = p.id
  returning d.*
), served as (
  update app.lane l
  set vtime = l.vtime + (select count(*) from picked p where p.ward_id = l.ward_id) / l.weight,
      awake = lanes.waiting > (select most from share)
  from lanes where l.ward_id = lanes.ward_id and l.id = lanes.id
)
select * from claimed order by not_before, id
""")

# The first table walks the queue's index from ward to ward, not from envelope to envelope. Where nobody is awake,
# those who wake start level with whoever was served most, so that a quiet past is no credit either.
_WAKE = text("""
with recursive queued as (
  (select d.channel, d.urgency, d.ward_id from app.delivery d where d.state in ('queued', 'retry_wait')
   order by d.channel, d.urgency, d.ward_id limit 1)
  union all
  select later.* from queued q cross join lateral (
    select d.channel, d.urgency, d.ward_id from app.delivery d
    where d.state in ('queued', 'retry_wait')
      and (d.channel, d.urgency, d.ward_id) > (q.channel, q.urgency, q.ward_id)
    order by d.channel, d.urgency, d.ward_id limit 1) later
), busy as (
  select q.* from queued q cross join lateral (
    select from app.delivery d
    where d.channel = q.channel and d.urgency = q.urgency and d.ward_id = q.ward_id
      and d.state in ('queued', 'retry_wait') and d.not_before <= :now and d.expires_at > :now
    order by d.not_before, d.id limit 1) due
), level as (
  select channel, urgency, coalesce(min(vtime) filter (where awake), max(vtime)) as start
  from app.lane group by channel, urgency
), changed as (
  select l.ward_id, l.id, level.start, busy.ward_id is not null as wakes
  from app.lane l join level using (channel, urgency) left join busy using (channel, urgency, ward_id)
  where l.awake <> (busy.ward_id is not null)
  for update of l skip locked
)
update app.lane l
set awake = changed.wakes, vtime = case when changed.wakes then greatest(l.vtime, changed.start) else l.vtime end
from changed where l.ward_id = changed.ward_id and l.id = changed.id
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
    """Take up to LANES x EACH envelopes of awake lanes, or `only_one`; ours until the lease or its epoch ends."""
    asked = select(Delivery).from_statement(_CLAIM).execution_options(populate_existing=True)
    values = {"channel": channel, "urgency": urgency, "owner": owner, "now": now, "lease": now + lease}
    lanes, each = (1, 1) if only_one else (LANES, EACH)
    return dispatch.scalars(asked, {**values, "lanes": lanes, "each": each, "at_once": lanes * each}).all()


def wake_lanes(dispatch: Session, now: datetime) -> None:
    """Lanes with something due wake, level with those that are awake: sleeping earns no credit. Empty ones sleep."""
    dispatch.execute(_WAKE, {"now": now})
