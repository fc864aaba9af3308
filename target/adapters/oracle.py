"""Oracle: what nDelius runs on. Its statements are made and tried (target.schema.ddl); no server was to be
had."""

from typing import Any

from sqlalchemy.dialects import oracle
from sqlalchemy.types import TypeEngine

from target.adapters.base import Types


class Oracle(Types):
    """Statements only."""

    name = "oracle"
    driver = "oracle+oracledb"

    @property
    def moment(self) -> TypeEngine[Any]:
        """DATE: a day with a time to the second."""
        return oracle.DATE()

    def text(self, length: int) -> TypeEngine[Any]:
        """Lengths count characters: VARCHAR2(n CHAR)."""
        return oracle.VARCHAR2(length)
