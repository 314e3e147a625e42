"""first tables."""

import sqlalchemy as sa
from alembic import op

revision = "20261122a"
down_revision = None
branch_labels = None
depends_on = None

# What was written to the audit log, and what a reviewer said, is never changed; the log is never shortened either.
_GUARDED = (("audit_entry", "UPDATE"), ("audit_entry", "DELETE"), ("review", "UPDATE"))


def _guard() -> None:
    if op.get_bind().dialect.name == "postgresql":
        op.execute(
            "CREATE FUNCTION append_only() RETURNS trigger LANGUAGE plpgsql AS "
            "$$ BEGIN RAISE EXCEPTION '% is append-only', TG_TABLE_NAME; END $$"
        )
    for table, verb in _GUARDED:
        name = f"append_only_{table}_{verb.lower()}"
        if op.get_bind().dialect.name == "postgresql":
            op.execute(f"CREATE TRIGGER {name} BEFORE {verb} ON {table} FOR EACH ROW EXECUTE FUNCTION append_only()")
        else:
            op.execute(
                f"CREATE TRIGGER {name} BEFORE {verb} ON {table} "
                f"BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END"
            )
    # The ways round them: SQLite's INSERT OR REPLACE fires no DELETE trigger, PostgreSQL's TRUNCATE no row's.
    if op.get_bind().dialect.name == "postgresql":
        op.execute(
            "CREATE TRIGGER append_only_audit_entry_truncate BEFORE TRUNCATE ON audit_entry "
            "FOR EACH STATEMENT EXECUTE FUNCTION append_only()"
        )
    else:
        op.execute(
            "CREATE TRIGGER append_only_audit_entry_insert BEFORE INSERT ON audit_entry "
            "WHEN EXISTS (SELECT 1 FROM audit_entry WHERE seq = NEW.seq) "
            "BEGIN SELECT RAISE(ABORT, 'audit_entry is append-only'); END"
        )


def _unguard() -> None:
    for table, verb in _GUARDED:
        name = f"append_only_{table}_{verb.lower()}"
        on = f" ON {table}" if op.get_bind().dialect.name == "postgresql" else ""
        op.execute(f"DROP TRIGGER {name}{on}")
    if op.get_bind().dialect.name == "postgresql":
        op.execute("DROP TRIGGER append_only_audit_entry_truncate ON audit_entry")
        op.execute("DROP FUNCTION append_only()")
    else:
        op.execute("DROP TRIGGER append_only_audit_entry_insert")


def upgrade() -> None:
    op.create_table(
        "audit_entry",
        sa.Column("seq", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("actor", sa.Text(), nullable=False),
        sa.Column("action", sa.Text(), nullable=False),
        sa.Column("object", sa.Text(), nullable=False),
        sa.Column("detail", sa.JSON(), nullable=False),
        sa.Column("previous", sa.LargeBinary(length=32), nullable=False),
        sa.Column("hash", sa.LargeBinary(length=32), nullable=False),
        sa.PrimaryKeyConstraint("seq", name=op.f("pk_audit_entry")),
    )
    op.create_index("ix_audit_entry_object_at", "audit_entry", ["object", "at"], unique=False)

    op.create_table(
        "counterparty",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("slack_team", sa.Text(), nullable=False),
        sa.Column("owner", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_counterparty")),
        sa.UniqueConstraint("name", name=op.f("uq_counterparty_name")),
    )
    op.create_table(
        "person",
        sa.Column("address", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("role", sa.Text(), nullable=False),
        sa.Column("department", sa.Text(), nullable=False),
        sa.Column("manager", sa.Text(), nullable=False),
        sa.Column("slack_id", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("address", name=op.f("pk_person")),
    )
    op.create_table(
        "refusal",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("stream", sa.Text(), nullable=False),
        sa.Column("location", sa.Text(), nullable=False),
        sa.Column("why", sa.Text(), nullable=False),
        sa.Column("refused_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_refusal")),
        sa.UniqueConstraint("source", "stream", "location", name=op.f("uq_refusal_source_stream_location")),
    )
    op.create_index(op.f("ix_refusal_refused_at"), "refusal", ["refused_at"], unique=False)

    op.create_table(
        "source_cursor",
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("stream", sa.Text(), nullable=False),
        sa.Column("cursor", sa.Text(), nullable=False),
        sa.Column("moved_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("source", "stream", name=op.f("pk_source_cursor")),
    )
    op.create_table(
        "source_state",
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("messages", sa.BigInteger(), nullable=False),
        sa.Column("refusals", sa.BigInteger(), nullable=False),
        sa.Column("read_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("failed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("failure", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("source", name=op.f("pk_source_state")),
    )
    op.create_table(
        "tally",
        sa.Column("day", sa.String(length=10), nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("count", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("day", "source", "name", name=op.f("pk_tally")),
    )
    op.create_table(
        "thread",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("channel", sa.Text(), nullable=False),
        sa.Column("seen_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_thread")),
    )
    op.create_index(op.f("ix_thread_seen_at"), "thread", ["seen_at"], unique=False)

    op.create_table(
        "user",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("roles", sa.JSON(), nullable=False),
        sa.Column("disabled", sa.Boolean(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_user")),
        sa.UniqueConstraint("name", name=op.f("uq_user_name")),
    )
    op.create_table(
        "alert",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("thread_id", sa.Uuid(), nullable=False),
        sa.Column("policy", sa.Text(), nullable=False),
        sa.Column("status", sa.Text(), nullable=False),
        sa.Column("severity", sa.Text(), nullable=False),
        sa.Column("risk", sa.Double(), nullable=False),
        sa.Column("channel", sa.Text(), nullable=False),
        sa.Column("counterparty", sa.Text(), nullable=False),
        sa.Column("verdict", sa.Text(), nullable=True),
        sa.Column("said_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("opened_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("reopened", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["thread_id"], ["thread.id"], name=op.f("fk_alert_thread_id_thread")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_alert")),
        sa.UniqueConstraint("thread_id", "policy", name=op.f("uq_alert_thread_id_policy")),
    )
    op.create_index("ix_alert_counterparty", "alert", ["counterparty"], unique=False)
    op.create_index("ix_alert_policy", "alert", ["policy"], unique=False)
    op.create_index("ix_alert_risk_id", "alert", ["risk", "id"], unique=False)
    op.create_index("ix_alert_said_at_id", "alert", ["said_at", "id"], unique=False)
    op.create_index("ix_alert_status_severity_risk_id", "alert", ["status", "severity", "risk", "id"], unique=False)
    op.create_index(
        "ix_alert_status_severity_said_at_id", "alert", ["status", "severity", "said_at", "id"], unique=False
    )
    op.create_index(
        "ix_alert_status_severity_updated_at_id", "alert", ["status", "severity", "updated_at", "id"], unique=False
    )
    op.create_index("ix_alert_updated_at_id", "alert", ["updated_at", "id"], unique=False)

    op.create_table(
        "api_token",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("token_hash", sa.LargeBinary(length=32), nullable=False),
        sa.Column("user_id", sa.Uuid(), nullable=False),
        sa.Column("scopes", sa.JSON(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("used_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("revoked_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["user_id"], ["user.id"], name=op.f("fk_api_token_user_id_user"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_api_token")),
        sa.UniqueConstraint("token_hash", name=op.f("uq_api_token_token_hash")),
    )
    op.create_index(op.f("ix_api_token_user_id"), "api_token", ["user_id"], unique=False)

    op.create_table(
        "counterparty_domain",
        sa.Column("domain", sa.Text(), nullable=False),
        sa.Column("counterparty_id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["counterparty_id"],
            ["counterparty.id"],
            name=op.f("fk_counterparty_domain_counterparty_id_counterparty"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("domain", name=op.f("pk_counterparty_domain")),
    )
    op.create_index(
        op.f("ix_counterparty_domain_counterparty_id"), "counterparty_domain", ["counterparty_id"], unique=False
    )

    op.create_table(
        "message",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("key", sa.LargeBinary(length=16), nullable=False),
        sa.Column("thread_id", sa.Uuid(), nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("external_id", sa.Text(), nullable=False),
        sa.Column("channel", sa.Text(), nullable=False),
        sa.Column("direction", sa.Text(), nullable=False),
        sa.Column("sent_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("stored_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("participants", sa.JSON(), nullable=False),
        sa.Column("parts", sa.JSON(), nullable=False),
        sa.Column("key_id", sa.Text(), nullable=True),
        sa.Column("sealed", sa.LargeBinary(), nullable=True),
        sa.Column("text_until", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["thread_id"], ["thread.id"], name=op.f("fk_message_thread_id_thread"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_message")),
        sa.UniqueConstraint("key", name=op.f("uq_message_key")),
    )
    op.create_index(op.f("ix_message_stored_at"), "message", ["stored_at"], unique=False)
    op.create_index(op.f("ix_message_text_until"), "message", ["text_until"], unique=False)
    op.create_index("ix_message_thread_id_sent_at", "message", ["thread_id", "sent_at"], unique=False)

    op.create_table(
        "session",
        sa.Column("token_hash", sa.LargeBinary(length=32), nullable=False),
        sa.Column("user_id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["user_id"], ["user.id"], name=op.f("fk_session_user_id_user"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("token_hash", name=op.f("pk_session")),
    )
    op.create_index(op.f("ix_session_user_id"), "session", ["user_id"], unique=False)

    op.create_table(
        "sign_in_link",
        sa.Column("token_hash", sa.LargeBinary(length=32), nullable=False),
        sa.Column("user_id", sa.Uuid(), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("used_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["user_id"], ["user.id"], name=op.f("fk_sign_in_link_user_id_user"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("token_hash", name=op.f("pk_sign_in_link")),
    )
    op.create_index(op.f("ix_sign_in_link_user_id"), "sign_in_link", ["user_id"], unique=False)

    op.create_table(
        "thread_ref",
        sa.Column("ref", sa.LargeBinary(length=16), nullable=False),
        sa.Column("thread_id", sa.Uuid(), nullable=False),
        sa.Column("seen_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["thread_id"], ["thread.id"], name=op.f("fk_thread_ref_thread_id_thread"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("ref", name=op.f("pk_thread_ref")),
    )
    op.create_index(op.f("ix_thread_ref_thread_id"), "thread_ref", ["thread_id"], unique=False)

    op.create_table(
        "alert_event",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("alert_id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("happened_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["alert_id"], ["alert.id"], name=op.f("fk_alert_event_alert_id_alert"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_alert_event")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_alert_event_alert_id"), "alert_event", ["alert_id"], unique=False)
    op.create_index(op.f("ix_alert_event_happened_at"), "alert_event", ["happened_at"], unique=False)

    op.create_table(
        "alert_label",
        sa.Column("label", sa.Text(), nullable=False),
        sa.Column("alert_id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["alert_id"], ["alert.id"], name=op.f("fk_alert_label_alert_id_alert"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("label", "alert_id", name=op.f("pk_alert_label")),
    )
    op.create_index(op.f("ix_alert_label_alert_id"), "alert_label", ["alert_id"], unique=False)

    op.create_table(
        "alert_person",
        sa.Column("address", sa.Text(), nullable=False),
        sa.Column("alert_id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["alert_id"], ["alert.id"], name=op.f("fk_alert_person_alert_id_alert"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("address", "alert_id", name=op.f("pk_alert_person")),
    )
    op.create_index(op.f("ix_alert_person_alert_id"), "alert_person", ["alert_id"], unique=False)

    op.create_table(
        "finding",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("alert_id", sa.Uuid(), nullable=False),
        sa.Column("message_id", sa.Uuid(), nullable=False),
        sa.Column("label", sa.Text(), nullable=False),
        sa.Column("part", sa.Text(), nullable=False),
        sa.Column("start", sa.Integer(), nullable=True),
        sa.Column("end", sa.Integer(), nullable=True),
        sa.Column("confidence", sa.Double(), nullable=False),
        sa.Column("points", sa.Double(), nullable=False),
        sa.Column("explanation", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("detector", sa.Text(), nullable=False),
        sa.Column("rule", sa.Text(), nullable=False),
        sa.Column("evidence", sa.LargeBinary(length=16), nullable=False),
        sa.Column("found_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["alert_id"], ["alert.id"], name=op.f("fk_finding_alert_id_alert"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["message_id"], ["message.id"], name=op.f("fk_finding_message_id_message")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_finding")),
        sa.UniqueConstraint(
            "alert_id",
            "message_id",
            "detector",
            "label",
            "part",
            "start",
            "end",
            name=op.f("uq_finding_alert_id_message_id_detector_label_part_start_end"),
        ),
    )
    op.create_index("ix_finding_alert_id_evidence", "finding", ["alert_id", "evidence"], unique=False)
    op.create_index(op.f("ix_finding_message_id"), "finding", ["message_id"], unique=False)

    op.create_table(
        "review",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("alert_id", sa.Uuid(), nullable=False),
        sa.Column("reviewer", sa.Text(), nullable=False),
        sa.Column("verdict", sa.Text(), nullable=True),
        sa.Column("status", sa.Text(), nullable=False),
        sa.Column("status_before", sa.Text(), nullable=False),
        sa.Column("verdict_before", sa.Text(), nullable=True),
        sa.Column("key_id", sa.Text(), nullable=True),
        sa.Column("sealed_note", sa.LargeBinary(), nullable=True),
        sa.Column("undoes", sa.Uuid(), nullable=True),
        sa.Column("reviewed_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["alert_id"], ["alert.id"], name=op.f("fk_review_alert_id_alert"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["undoes"], ["review.id"], name=op.f("fk_review_undoes_review"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_review")),
        sa.UniqueConstraint("undoes", name=op.f("uq_review_undoes")),
    )
    op.create_index(op.f("ix_review_alert_id"), "review", ["alert_id"], unique=False)

    op.create_table(
        "search_token",
        sa.Column("token", sa.LargeBinary(length=16), nullable=False),
        sa.Column("alert_id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["alert_id"], ["alert.id"], name=op.f("fk_search_token_alert_id_alert"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("token", "alert_id", name=op.f("pk_search_token")),
    )
    op.create_index(op.f("ix_search_token_alert_id"), "search_token", ["alert_id"], unique=False)
    _guard()


def downgrade() -> None:
    _unguard()
    op.drop_index("ix_search_token_alert_id", table_name="search_token")

    op.drop_table("search_token")
    op.drop_index("ix_review_alert_id", table_name="review")

    op.drop_table("review")
    op.drop_index("ix_finding_message_id", table_name="finding")
    op.drop_index("ix_finding_alert_id_evidence", table_name="finding")

    op.drop_table("finding")
    op.drop_index("ix_alert_person_alert_id", table_name="alert_person")

    op.drop_table("alert_person")
    op.drop_index("ix_alert_label_alert_id", table_name="alert_label")

    op.drop_table("alert_label")
    op.drop_index("ix_alert_event_happened_at", table_name="alert_event")
    op.drop_index("ix_alert_event_alert_id", table_name="alert_event")

    op.drop_table("alert_event")
    op.drop_index("ix_thread_ref_thread_id", table_name="thread_ref")

    op.drop_table("thread_ref")
    op.drop_index("ix_sign_in_link_user_id", table_name="sign_in_link")

    op.drop_table("sign_in_link")
    op.drop_index("ix_session_user_id", table_name="session")

    op.drop_table("session")
    op.drop_index("ix_message_thread_id_sent_at", table_name="message")
    op.drop_index("ix_message_text_until", table_name="message")
    op.drop_index("ix_message_stored_at", table_name="message")

    op.drop_table("message")
    op.drop_index("ix_counterparty_domain_counterparty_id", table_name="counterparty_domain")

    op.drop_table("counterparty_domain")
    op.drop_index("ix_api_token_user_id", table_name="api_token")

    op.drop_table("api_token")
    op.drop_index("ix_alert_updated_at_id", table_name="alert")
    op.drop_index("ix_alert_status_severity_updated_at_id", table_name="alert")
    op.drop_index("ix_alert_status_severity_said_at_id", table_name="alert")
    op.drop_index("ix_alert_status_severity_risk_id", table_name="alert")
    op.drop_index("ix_alert_said_at_id", table_name="alert")
    op.drop_index("ix_alert_risk_id", table_name="alert")
    op.drop_index("ix_alert_policy", table_name="alert")
    op.drop_index("ix_alert_counterparty", table_name="alert")

    op.drop_table("alert")
    op.drop_table("user")
    op.drop_index("ix_thread_seen_at", table_name="thread")

    op.drop_table("thread")
    op.drop_table("tally")
    op.drop_table("source_state")
    op.drop_table("source_cursor")
    op.drop_index("ix_refusal_refused_at", table_name="refusal")

    op.drop_table("refusal")
    op.drop_table("person")
    op.drop_table("counterparty")
    op.drop_index("ix_audit_entry_object_at", table_name="audit_entry")

    op.drop_table("audit_entry")
