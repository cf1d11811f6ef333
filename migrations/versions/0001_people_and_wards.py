"""People, their sessions, wards, agencies, memberships, and the wall between wards."""

from alembic import op

from migrations.walls import let_in, wall_off

revision = "0001"
down_revision = None

_OTHERS = "portal_app, portal_auth, portal_dispatch, portal_rollup, portal_city, portal_backup"

_ENTER = """
create function app.{name}({argument}) returns void language plpgsql set search_path = pg_catalog as $f$
begin
  if who is null then raise exception '{setting} is null' using errcode = '22004'; end if;
  if nullif(current_setting('app.{setting}', true), '') is not null
     and current_setting('app.{setting}', true) <> who::text then
    raise exception '{setting} is already another one in this transaction' using errcode = '42501';
  end if;
  execute format('set local app.{setting} = %L', who);
end $f$
"""

_TABLES = """
create table app.oversight_unit (
  id int generated always as identity primary key,
  slug text not null unique check (slug ~ '^[a-z0-9][a-z0-9-]{1,39}$'),
  name text not null,
  short_name text not null,
  parent_id int references app.oversight_unit (id),
  valid_from date,
  valid_to date
);
create table app.ward (
  id int generated always as identity primary key,
  slug text not null unique check (slug ~ '^[a-z0-9][a-z0-9-]{1,39}$'),
  official_code text unique,
  name text not null,
  kind text not null constraint ward_kind_check check (kind in ('phuong', 'xa', 'dac_khu')),
  province text not null,
  oversight_unit_id int references app.oversight_unit (id),
  valid_from date,
  valid_to date,
  created_at timestamptz not null
);
create table app.person (
  id uuid primary key,
  email text not null unique constraint person_email_lower_check check (email = lower(email)),
  name text not null,
  password_hash text,
  is_operator boolean not null,
  locale text not null,
  disabled_at timestamptz,
  created_at timestamptz not null
);
create table app.web_session (
  token_hash bytea primary key,
  person_id uuid not null references app.person (id),
  created_at timestamptz not null,
  last_seen_at timestamptz not null,
  ends_at timestamptz not null,
  user_agent text not null,
  revoked_at timestamptz
);
create index web_session_person_id_idx on app.web_session (person_id) where revoked_at is null;
create table app.one_time_token (
  token_hash bytea primary key,
  purpose text not null constraint one_time_token_purpose_check check (purpose in ('invitation', 'reset')),
  person_id uuid not null references app.person (id),
  created_at timestamptz not null,
  expires_at timestamptz not null,
  used_at timestamptz
);
create index one_time_token_person_id_idx on app.one_time_token (person_id) where used_at is null;
create table app.account_mail (
  id uuid primary key,
  purpose text not null constraint account_mail_purpose_check check (purpose in ('invitation', 'reset')),
  email text not null,
  place text not null,
  state text not null
    constraint account_mail_state_check check (state in ('queued', 'submitting', 'sent', 'failed', 'dropped')),
  attempts int not null,
  requested_at timestamptz not null,
  not_before timestamptz not null,
  submitted_at timestamptz,
  last_code text not null
);
create index account_mail_not_before_idx on app.account_mail (not_before) where state in ('queued', 'submitting');
create table app.sign_in_attempt (
  id uuid primary key,
  account_hash bytea not null,
  address_hash bytea not null,
  occurred_at timestamptz not null
);
create index sign_in_attempt_occurred_at_idx on app.sign_in_attempt (occurred_at);
create table app.unit_membership (
  person_id uuid not null references app.person (id),
  unit_id int not null references app.oversight_unit (id),
  role text not null constraint unit_membership_role_check check (role in ('city_viewer')),
  primary key (person_id, unit_id)
);
create table app.ward_counter (
  ward_id int not null references app.ward (id),
  name text not null,
  value int not null,
  primary key (ward_id, name)
);
create table app.agency (
  ward_id int not null references app.ward (id),
  id uuid not null,
  kind text,
  name text not null,
  short_name text not null,
  mode text not null constraint agency_mode_check check (mode in ('assign', 'request')),
  position int not null,
  closed boolean not null,
  primary key (ward_id, id),
  unique (ward_id, name)
);
create table app.contact (
  ward_id int not null references app.ward (id),
  id uuid not null,
  person_id uuid,
  name text not null,
  title text not null,
  email text,
  phone text,
  "left" boolean not null,
  primary key (ward_id, id),
  unique (ward_id, person_id)
);
create table app.membership (
  ward_id int not null references app.ward (id),
  id uuid not null,
  contact_id uuid not null,
  person_id uuid,
  role text not null constraint membership_role_check
    check (role in ('leader', 'coordinator', 'agency_lead', 'agency_member', 'viewer')),
  agency_id uuid,
  primary key (ward_id, id),
  foreign key (ward_id, contact_id) references app.contact (ward_id, id),
  foreign key (ward_id, agency_id) references app.agency (ward_id, id),
  unique nulls not distinct (ward_id, contact_id, role, agency_id),
  constraint membership_agency_role_check check ((role like 'agency%') = (agency_id is not null))
);
create index membership_person_id_idx on app.membership (person_id, ward_id);
create index membership_ward_id_agency_id_idx on app.membership (ward_id, agency_id)
"""


def upgrade() -> None:
    """Build the ground floor."""
    op.execute("revoke all on schema app from public")
    op.execute("alter default privileges in schema app revoke all on functions from public")
    op.execute(f"grant usage on schema app to {_OTHERS}")
    for name, argument, setting, role in (
        ("enter_ward", "who int", "ward_id", "portal_app"),
        ("enter_person", "who uuid", "person_id", "portal_auth"),
    ):
        op.execute(_ENTER.format(name=name, argument=argument, setting=setting))
        op.execute(f"revoke all on function app.{name} from public")
        op.execute(f"grant execute on function app.{name} to {role}")
    for statement in _TABLES.split(";\n"):
        op.execute(statement)
    op.execute(f"grant select on app.alembic_version, app.ward, app.oversight_unit to {_OTHERS}")
    op.execute("grant insert, update on app.ward, app.oversight_unit to portal_auth")
    op.execute(
        "grant select, insert, update, delete on app.person, app.web_session, app.one_time_token, "
        "app.sign_in_attempt, app.account_mail, app.unit_membership to portal_auth"
    )
    op.execute("grant select on app.unit_membership to portal_city")
    op.execute(
        "grant select on app.person, app.web_session, app.one_time_token, app.sign_in_attempt, "
        "app.account_mail, app.unit_membership to portal_backup"
    )
    for table in ("ward_counter", "agency", "contact", "membership"):
        wall_off(table)
    own = "person_id = current_setting('app.person_id')::uuid"
    let_in("portal_auth", "contact", may="select", name="own_places", only=own)
    let_in("portal_auth", "membership", may="select", name="own_places", only=own)
