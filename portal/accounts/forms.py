"""What people type on the account pages, as typed values."""

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import HiddenField, PasswordField, StringField
from wtforms.validators import InputRequired, Length


class SignInForm(FlaskForm):  # type: ignore[misc]
    """Fields `email` and `password` are fixed: others script against them."""

    email = StringField(validators=[InputRequired(_l("Ghi địa chỉ e-mail.")), Length(max=254)])
    password = PasswordField(validators=[InputRequired(_l("Ghi mật khẩu.")), Length(max=256)])
    next = HiddenField()


class ResetForm(FlaskForm):  # type: ignore[misc]
    """Asking for a new password."""

    email = StringField(validators=[InputRequired(_l("Ghi địa chỉ e-mail.")), Length(max=254)])


class NewPasswordForm(FlaskForm):  # type: ignore[misc]
    """Choosing a password."""

    password = PasswordField(validators=[InputRequired(_l("Ghi mật khẩu mới.")), Length(max=256)])
