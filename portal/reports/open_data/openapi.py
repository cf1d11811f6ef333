"""The document of the interface (OpenAPI 3.1), written from the records themselves, so that it cannot lag behind."""

from typing import Any

from portal.reports.open_data.records import DATASETS, Dataset
from portal.reports.open_data.serialising import MEDIA_TYPES
from portal.reports.webhooks.documenting import described_webhooks

_PERIOD = {
    "name": "period",
    "in": "path",
    "required": True,
    "description": "The code of a period, as /api/v1/periods.json lists them: 2026-half, 2026-month-05, "
    "or two days: 20260101-20260331.",
    "schema": {"type": "string", "pattern": r"^(\d{4}-[a-z]+(-\d{1,2})?|\d{8}-\d{8})$"},
}
_REFUSALS = {
    "304": {"description": "Nothing changed since the answer whose ETag was sent in If-None-Match."},
    "401": {"description": "The token is missing, wrong, or was revoked."},
    "404": {"description": "There is no such period or dataset."},
    "429": {"description": "Too many requests; Retry-After says how many seconds to wait."},
}


def openapi(site: str) -> dict[str, Any]:
    """The document for an installation at this address."""
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "Chung Tay: published figures of an oversight unit",
            "version": "1",
            "description": "Read-only. Counts only: no names, no free text of wards. Small numbers of sensitive "
            "targets are hidden, and nothing that is shown gives them away. Fields are added, never taken away, "
            "within version 1.",
        },
        "servers": [{"url": site}],
        "security": [{"token": []}],
        "components": {
            "securitySchemes": {"token": {"type": "http", "scheme": "bearer"}},
            "schemas": {one.name: _schema(one) for one in DATASETS.values()},
        },
        "paths": {
            "/api/v1/periods.json": {"get": _periods()},
            **{
                f"/api/v1/periods/{{period}}/{one.name}.{ending}": {"get": _operation(one, ending)}
                for one in DATASETS.values()
                for ending in MEDIA_TYPES
            },
        },
        "webhooks": described_webhooks(),
    }


def _schema(dataset: Dataset) -> dict[str, Any]:
    return {
        "type": "object",
        "required": list(dataset.fields),
        "properties": {
            name: {"type": [kind, "null"], "description": about}
            for name, (kind, about) in dataset.fields.items()
        },
    }


def _operation(dataset: Dataset, ending: str) -> dict[str, Any]:
    records = {"type": "array", "items": {"$ref": f"#/components/schemas/{dataset.name}"}}
    content: dict[str, Any] = {
        "json": {
            "application/json": {"schema": {"type": "object", "properties": {"records": records}}},
        },
        "csv": {"text/csv": {"schema": {"type": "string"}}},
    }
    return {
        "operationId": f"{dataset.name}_{ending}",
        "summary": dataset.about,
        "parameters": [_PERIOD],
        "responses": {"200": {"description": dataset.about, "content": content[ending]}, **_REFUSALS},
    }


def _periods() -> dict[str, Any]:
    schema = {"type": "object", "properties": {"periods": {"type": "array", "items": {"type": "object"}}}}
    return {
        "operationId": "periods",
        "summary": "Periods that have begun, with their codes.",
        "responses": {
            "200": {"description": "The periods.", "content": {"application/json": {"schema": schema}}},
            **{status: said for status, said in _REFUSALS.items() if status != "404"},
        },
    }
