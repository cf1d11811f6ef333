"""What people type on the account pages, as typed values."""

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import HiddenField, PasswordField, StringField
from wtforms.validators import InputRequired, Length

#: An address is at most 254 characters long (RFC 5321, erratum 1690); a password as long as passwords.py allows.
_ADDRESS_LENGTH = Length(max=254, message=_l("Địa chỉ e-mail quá dài."))
_PASSWORD_LENGTH = Length(max=256, message=_l("Mật khẩu quá dài."))


class SignInForm(FlaskForm):  # type: ignore[misc]
    """Fields `email` and `password` are fixed: others script against them."""

    email = StringField(validators=[InputRequired(_l("Ghi địa chỉ e-mail.")), _ADDRESS_LENGTH])
    password = PasswordField(validators=[InputRequired(_l("Ghi mật khẩu.")), _PASSWORD_LENGTH])
    next = HiddenField()


class ResetForm(FlaskForm):  # type: ignore[misc]
    """Asking for a new password."""

    email = StringField(validators=[InputRequired(_l("Ghi địa chỉ e-mail.")), _ADDRESS_LENGTH])


class NewPasswordForm(FlaskForm):  # type: ignore[misc]
    """Choosing a password."""

    password = PasswordField(validators=[InputRequired(_l("Ghi mật khẩu mới.")), _PASSWORD_LENGTH])
