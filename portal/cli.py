"""The `portal` command: what an operator types. It joins the rooms' commands and holds no rule.

Errors go to stderr in plain words. Exit status: 0 done, 1 refused or failed, 2 called wrongly.
"""

import importlib
import os
import sys
from typing import Any

import click
from flask import Flask
from flask.cli import ScriptInfo

from portal.errors import ConfigError, NotFound, Refused
from portal.local.settings import local_settings, var_folder

#: command -> where it lives. Read when it is called, as the app is: `portal up` and `portal plan read` need neither.
_COMMANDS = {
    "up": "portal.local.commands:up",
    "demo": "portal.local.demo_command:demo",
    "plan": "portal.plans.commands:plan",
    "ward": "portal.tenants.commands:ward",
    "unit": "portal.tenants.commands:unit",
    "person": "portal.tenants.commands:person",
    "rollup": "portal.rollups.commands:rollup",
    "reminders": "portal.reminders.commands:reminders",
    "reform": "portal.tasks.reform_commands:reform",
    "evidence": "portal.tasks.commands:evidence",
    "guard": "portal.guarding.commands:guard",
    "check": "portal.checking:check",
}


class PortalGroup(click.Group):
    """Finds the rooms' commands, and turns a refusal into a sentence instead of a traceback."""

    def list_commands(self, _context: click.Context) -> list[str]:
        """Every command, in the order a newcomer needs them."""
        return list(_COMMANDS)

    def get_command(self, _context: click.Context, name: str) -> click.Command | None:
        """The command of a room."""
        if name not in _COMMANDS:
            return None
        module, _colon, attribute = _COMMANDS[name].partition(":")
        command: click.Command = getattr(importlib.import_module(module), attribute)
        return command

    def invoke(self, context: click.Context) -> Any:
        """Run the command; what a person can mend is said plainly."""
        try:
            return super().invoke(context)
        except (ConfigError, Refused) as error:
            raise click.ClickException(str(error)) from None
        except NotFound:
            raise click.ClickException("Không tìm thấy.") from None


def _app() -> Flask:
    """The app of the environment's settings; without any, of the local city in var/ if there is one."""
    local = "PORTAL_SECRET_KEY" not in os.environ and (var_folder() / "secrets.json").exists()
    app: Flask = importlib.import_module("portal.app").create_app(
        local_settings(var_folder()) if local else None
    )
    return app


@click.group(cls=PortalGroup, context_settings={"help_option_names": ["-h", "--help"]})
@click.pass_context
def main(context: click.Context) -> None:
    """Chung Tay: kế hoạch bảo vệ trẻ em của phường thành bảng việc."""
    context.obj = ScriptInfo(create_app=_app)


if __name__ == "__main__":
    sys.exit(main())
