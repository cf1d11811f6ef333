"""What people type on the pages about people, agencies and wards, as typed values."""

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import SelectField, StringField
from wtforms.validators import InputRequired, Length, Regexp

from portal.tenants.access import ROLE_TEXTS, Role

#: The hats a ward gives out itself.
WARD_ROLES = (Role.AGENCY_LEAD, Role.AGENCY_MEMBER, Role.COORDINATOR, Role.LEADER, Role.VIEWER)


def _at_most(characters: int) -> Length:
    return Length(max=characters, message=_l("Quá dài. Rút ngắn lại."))


class InviteForm(FlaskForm):  # type: ignore[misc]
    """Somebody to let into the ward."""

    name = StringField(validators=[InputRequired(_l("Ghi họ tên.")), _at_most(120)])
    title = StringField(validators=[_at_most(120)])
    email = StringField(validators=[InputRequired(_l("Ghi địa chỉ e-mail.")), _at_most(254)])
    phone = StringField(validators=[_at_most(30)])
    role = SelectField(choices=[(role.value, ROLE_TEXTS[role]) for role in WARD_ROLES])
    agency = SelectField(choices=[("", "")], validate_choice=False)


class AgencyForm(FlaskForm):  # type: ignore[misc]
    """An agency to add."""

    name = StringField(validators=[InputRequired(_l("Ghi tên cơ quan.")), _at_most(200)])


class WardForm(FlaskForm):  # type: ignore[misc]
    """A ward to open on the platform, with its first coordinator."""

    slug = StringField(
        validators=[
            InputRequired(_l("Ghi mã đường dẫn của phường.")),
            Regexp(
                r"^[a-z0-9][a-z0-9-]{1,39}$", message=_l("Mã chỉ có chữ thường không dấu, số và gạch nối.")
            ),
        ]
    )
    name = StringField(validators=[InputRequired(_l("Ghi tên phường, xã.")), _at_most(120)])
    kind = SelectField(choices=[("phuong", _l("phường")), ("xa", _l("xã")), ("dac_khu", _l("đặc khu"))])
    province = StringField(validators=[_at_most(120)])
    unit = SelectField(choices=[], validate_choice=False)
    coordinator_name = StringField(
        validators=[InputRequired(_l("Ghi họ tên người điều phối.")), _at_most(120)]
    )
    coordinator_email = StringField(
        validators=[InputRequired(_l("Ghi e-mail người điều phối.")), _at_most(254)]
    )
