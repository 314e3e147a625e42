"""The directory in full, the register of negotiations, sealed facts, the exposure ledger."""

import uuid

import sqlalchemy as sa
from alembic import op

revision = "20261122c"
down_revision = "20261122b"
branch_labels = None
depends_on = None


def upgrade() -> None:
    _columns()
    _directory()
    _provisioning()
    _register()
    _ledger()


def downgrade() -> None:
    op.drop_table("exposure_source")
    op.drop_table("exposure_person")
    op.drop_table("exposure_link")
    op.drop_table("exposure_edit")
    op.drop_table("exposure_entry")
    op.drop_table("brief")
    op.drop_table("sealed_message")
    op.drop_table("alert_negotiation")
    op.drop_table("sealed_fact")
    op.drop_table("negotiation_party")
    op.drop_table("negotiation_change")
    op.drop_table("negotiation_access")
    op.drop_table("negotiation")
    op.drop_table("scim_email")
    op.drop_table("scim_user")
    op.drop_table("group_member")
    op.drop_table("unknown_domain")
    op.drop_table("person_group")
    op.drop_table("exchange_rate")
    op.drop_table("directory_import")
    op.drop_table("directory_change")
    op.drop_table("context_version")
    op.drop_index("ix_user_address", "user")
    op.drop_index("ix_person_scim_id", "person")
    op.drop_index("ix_person_name", "person")
    op.drop_column("finding", "answers")
    op.drop_column("user", "address")
    op.drop_column("person", "updated_at")
    op.drop_column("person", "created_at")
    op.drop_column("person", "external_id")
    op.drop_column("person", "scim_id")
    op.drop_column("person", "origin")
    op.drop_column("person", "active")
    op.drop_column("person", "deputy")
    op.drop_column("person", "away")
    op.drop_column("person", "members")
    op.drop_column("person", "kind")
    op.drop_column("person", "aliases")
    op.drop_column("counterparty", "resellers")
    op.drop_column("counterparty", "primary_contact")
    op.drop_column("counterparty", "people")


def _columns() -> None:
    op.add_column("counterparty", sa.Column("people", sa.JSON(), nullable=False, server_default=sa.text("'[]'")))
    op.add_column("counterparty", sa.Column("primary_contact", sa.Text(), nullable=False, server_default=""))
    op.add_column("counterparty", sa.Column("resellers", sa.JSON(), nullable=False, server_default=sa.text("'[]'")))
    op.add_column("person", sa.Column("aliases", sa.JSON(), nullable=False, server_default=sa.text("'[]'")))
    op.add_column("person", sa.Column("kind", sa.Text(), nullable=False, server_default="person"))
    op.add_column("person", sa.Column("members", sa.JSON(), nullable=False, server_default=sa.text("'[]'")))
    op.add_column("person", sa.Column("away", sa.JSON(), nullable=False, server_default=sa.text("'[]'")))
    op.add_column("person", sa.Column("deputy", sa.Text(), nullable=False, server_default=""))
    op.add_column("person", sa.Column("active", sa.Boolean(), nullable=False, server_default=sa.true()))
    op.add_column("person", sa.Column("origin", sa.Text(), nullable=False, server_default="files"))
    op.add_column("person", sa.Column("scim_id", sa.Uuid(), nullable=True))
    op.add_column("person", sa.Column("external_id", sa.Text(), nullable=True))
    op.add_column("person", sa.Column("created_at", sa.DateTime(timezone=True), nullable=True))
    op.add_column("person", sa.Column("updated_at", sa.DateTime(timezone=True), nullable=True))
    op.create_index("ix_person_name", "person", ["name"])
    _name_everybody()
    op.create_index("ix_person_scim_id", "person", ["scim_id"], unique=True)
    op.add_column("user", sa.Column("address", sa.Text(), nullable=True))
    op.create_index("ix_user_address", "user", ["address"], unique=True)
    op.add_column("finding", sa.Column("answers", sa.Text(), nullable=False, server_default=""))


def _name_everybody() -> None:
    """Give everybody the id by which SCIM clients know them."""
    person = sa.table("person", sa.column("address", sa.Text()), sa.column("scim_id", sa.Uuid()))
    connection = op.get_bind()
    for address in connection.scalars(sa.select(person.c.address)).all():
        connection.execute(sa.update(person).where(person.c.address == address).values(scim_id=uuid.uuid4()))
    with op.batch_alter_table("person") as batch:
        batch.alter_column("scim_id", nullable=False)


def _directory() -> None:
    op.create_table(
        "context_version",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("version", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_context_version")),
    )
    op.create_table(
        "directory_change",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("actor", sa.Text(), nullable=False),
        sa.Column("origin", sa.Text(), nullable=False),
        sa.Column("batch", sa.Uuid(), nullable=True),
        sa.Column("subject", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("fields", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_directory_change")),
    )
    op.create_index(op.f("ix_directory_change_at"), "directory_change", ["at"])
    op.create_index(op.f("ix_directory_change_batch"), "directory_change", ["batch"])
    op.create_index("ix_directory_change_subject_name", "directory_change", ["subject", "name"])
    op.create_table(
        "directory_import",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("leave", sa.Boolean(), nullable=False),
        sa.Column("content", sa.Text(), nullable=True),
        sa.Column("made_by", sa.Text(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("done_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("added", sa.Integer(), nullable=False),
        sa.Column("changed", sa.Integer(), nullable=False),
        sa.Column("undone_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("undone_by", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_directory_import")),
    )
    op.create_index(op.f("ix_directory_import_made_at"), "directory_import", ["made_at"])
    op.create_table(
        "exchange_rate",
        sa.Column("currency", sa.Text(), nullable=False),
        sa.Column("per_euro", sa.Double(), nullable=False),
        sa.Column("set_by", sa.Text(), nullable=False),
        sa.Column("set_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("currency", name=op.f("pk_exchange_rate")),
    )
    op.create_table(
        "person_group",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("external_id", sa.Text(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_person_group")),
        sa.UniqueConstraint("name", name=op.f("uq_person_group_name")),
    )
    op.create_table(
        "unknown_domain",
        sa.Column("domain", sa.Text(), nullable=False),
        sa.Column("messages", sa.BigInteger(), nullable=False),
        sa.Column("first_seen", sa.DateTime(timezone=True), nullable=False),
        sa.Column("last_seen", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("domain", name=op.f("pk_unknown_domain")),
    )
    op.create_index(op.f("ix_unknown_domain_messages"), "unknown_domain", ["messages"])
    op.create_table(
        "group_member",
        sa.Column("group_id", sa.Uuid(), nullable=False),
        sa.Column("address", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["address"],
            ["person.address"],
            name=op.f("fk_group_member_address_person"),
            onupdate="CASCADE",
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["group_id"], ["person_group.id"], name=op.f("fk_group_member_group_id_person_group"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("group_id", "address", name=op.f("pk_group_member")),
    )
    op.create_index(op.f("ix_group_member_address"), "group_member", ["address"])


def _provisioning() -> None:
    """Make the tables of what SCIM clients call people."""
    op.create_table(
        "scim_user",
        sa.Column("address", sa.Text(), nullable=False),
        sa.Column("user_name", sa.Text(), nullable=False),
        sa.Column("folded", sa.Text(), nullable=False),
        sa.Column("display_name", sa.Text(), nullable=False),
        sa.Column("name", sa.JSON(), nullable=False),
        sa.Column("given", sa.JSON(), nullable=False),
        sa.Column("removed_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["address"],
            ["person.address"],
            name=op.f("fk_scim_user_address_person"),
            onupdate="CASCADE",
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("address", name=op.f("pk_scim_user")),
        sa.UniqueConstraint("folded", name=op.f("uq_scim_user_folded")),
    )
    op.create_table(
        "scim_email",
        sa.Column("address", sa.Text(), nullable=False),
        sa.Column("folded", sa.Text(), nullable=False),
        sa.Column("value", sa.Text(), nullable=False),
        sa.Column("type", sa.Text(), nullable=False),
        sa.Column("is_primary", sa.Boolean(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["address"],
            ["person.address"],
            name=op.f("fk_scim_email_address_person"),
            onupdate="CASCADE",
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("address", "folded", name=op.f("pk_scim_email")),
    )
    op.create_index("ix_scim_email_folded", "scim_email", ["folded"])


def _register() -> None:
    op.create_table(
        "negotiation",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("phase", sa.Text(), nullable=False),
        sa.Column("lead", sa.Text(), nullable=False),
        sa.Column("first_day", sa.Date(), nullable=True),
        sa.Column("last_day", sa.Date(), nullable=True),
        sa.Column("terms", sa.JSON(), nullable=False),
        sa.Column("is_template", sa.Boolean(), nullable=False),
        sa.Column("copied_from", sa.Uuid(), nullable=True),
        sa.Column("archived_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("created_by", sa.Text(), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_negotiation")),
        sa.UniqueConstraint("name", name=op.f("uq_negotiation_name")),
    )
    op.create_index("ix_negotiation_archived_at_name", "negotiation", ["archived_at", "name"])
    op.create_index("ix_negotiation_lead", "negotiation", ["lead"])
    op.create_table(
        "negotiation_access",
        sa.Column("negotiation_id", sa.Uuid(), nullable=False),
        sa.Column("user_id", sa.Uuid(), nullable=False),
        sa.Column("admitted_by", sa.Text(), nullable=False),
        sa.Column("admitted_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["negotiation_id"],
            ["negotiation.id"],
            name=op.f("fk_negotiation_access_negotiation_id_negotiation"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["user_id"], ["user.id"], name=op.f("fk_negotiation_access_user_id_user"), ondelete="RESTRICT"
        ),
        sa.PrimaryKeyConstraint("negotiation_id", "user_id", name=op.f("pk_negotiation_access")),
    )
    op.create_index(op.f("ix_negotiation_access_user_id"), "negotiation_access", ["user_id"])
    op.create_table(
        "negotiation_change",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("negotiation_id", sa.Uuid(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("actor", sa.Text(), nullable=False),
        sa.Column("fields", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(
            ["negotiation_id"],
            ["negotiation.id"],
            name=op.f("fk_negotiation_change_negotiation_id_negotiation"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_negotiation_change")),
    )
    op.create_index("ix_negotiation_change_negotiation_id_at", "negotiation_change", ["negotiation_id", "at"])
    op.create_table(
        "negotiation_party",
        sa.Column("negotiation_id", sa.Uuid(), nullable=False),
        sa.Column("counterparty_id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["counterparty_id"],
            ["counterparty.id"],
            name=op.f("fk_negotiation_party_counterparty_id_counterparty"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["negotiation_id"],
            ["negotiation.id"],
            name=op.f("fk_negotiation_party_negotiation_id_negotiation"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("negotiation_id", "counterparty_id", name=op.f("pk_negotiation_party")),
    )
    op.create_index(op.f("ix_negotiation_party_counterparty_id"), "negotiation_party", ["counterparty_id"])
    op.create_table(
        "sealed_fact",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("negotiation_id", sa.Uuid(), nullable=False),
        sa.Column("key_id", sa.Text(), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("changed_by", sa.Text(), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["negotiation_id"],
            ["negotiation.id"],
            name=op.f("fk_sealed_fact_negotiation_id_negotiation"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sealed_fact")),
    )
    op.create_index(op.f("ix_sealed_fact_negotiation_id"), "sealed_fact", ["negotiation_id"])
    op.create_table(
        "alert_negotiation",
        sa.Column("alert_id", sa.Uuid(), nullable=False),
        sa.Column("negotiation_id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["alert_id"], ["alert.id"], name=op.f("fk_alert_negotiation_alert_id_alert"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["negotiation_id"],
            ["negotiation.id"],
            name=op.f("fk_alert_negotiation_negotiation_id_negotiation"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("alert_id", "negotiation_id", name=op.f("pk_alert_negotiation")),
    )
    op.create_index(op.f("ix_alert_negotiation_negotiation_id"), "alert_negotiation", ["negotiation_id"])
    op.create_table(
        "sealed_message",
        sa.Column("message_id", sa.Uuid(), nullable=False),
        sa.Column("negotiation_id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["message_id"], ["message.id"], name=op.f("fk_sealed_message_message_id_message"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["negotiation_id"],
            ["negotiation.id"],
            name=op.f("fk_sealed_message_negotiation_id_negotiation"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("message_id", "negotiation_id", name=op.f("pk_sealed_message")),
    )
    op.create_index(op.f("ix_sealed_message_negotiation_id"), "sealed_message", ["negotiation_id"])


def _ledger() -> None:
    op.create_table(
        "brief",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("negotiation_id", sa.Uuid(), nullable=False),
        sa.Column("counterparty", sa.Text(), nullable=False),
        sa.Column("made_by", sa.Text(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("key_id", sa.Text(), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(
            ["negotiation_id"], ["negotiation.id"], name=op.f("fk_brief_negotiation_id_negotiation"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_brief")),
    )
    op.create_index(
        "ix_brief_negotiation_id_counterparty_made_at", "brief", ["negotiation_id", "counterparty", "made_at"]
    )
    op.create_table(
        "exposure_entry",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("counterparty", sa.Text(), nullable=False),
        sa.Column("negotiation_id", sa.Uuid(), nullable=True),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("label", sa.Text(), nullable=False),
        sa.Column("topic", sa.Text(), nullable=False),
        sa.Column("mark", sa.LargeBinary(length=16), nullable=False),
        sa.Column("key_id", sa.Text(), nullable=False),
        sa.Column("fact", sa.LargeBinary(), nullable=False),
        sa.Column("sealed_fact_id", sa.Uuid(), nullable=True),
        sa.Column("author", sa.Text(), nullable=False),
        sa.Column("role", sa.Text(), nullable=False),
        sa.Column("department", sa.Text(), nullable=False),
        sa.Column("channel", sa.Text(), nullable=False),
        sa.Column("confidence", sa.Double(), nullable=False),
        sa.Column("times", sa.Integer(), nullable=False),
        sa.Column("first_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("last_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("added_by", sa.Text(), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["negotiation_id"],
            ["negotiation.id"],
            name=op.f("fk_exposure_entry_negotiation_id_negotiation"),
            ondelete="SET NULL",
        ),
        sa.ForeignKeyConstraint(
            ["sealed_fact_id"],
            ["sealed_fact.id"],
            name=op.f("fk_exposure_entry_sealed_fact_id_sealed_fact"),
            ondelete="SET NULL",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_exposure_entry")),
        sa.UniqueConstraint("counterparty", "mark", name=op.f("uq_exposure_entry_counterparty_mark")),
    )
    op.create_index("ix_exposure_entry_counterparty_last_at_id", "exposure_entry", ["counterparty", "last_at", "id"])
    op.create_index(op.f("ix_exposure_entry_last_at"), "exposure_entry", ["last_at"])
    op.create_index(
        "ix_exposure_entry_negotiation_id_last_at_id", "exposure_entry", ["negotiation_id", "last_at", "id"]
    )
    op.create_table(
        "exposure_edit",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("entry_id", sa.Uuid(), nullable=False),
        sa.Column("actor", sa.Text(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("state_before", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("key_id", sa.Text(), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.Column("undoes", sa.Uuid(), nullable=True),
        sa.ForeignKeyConstraint(
            ["entry_id"],
            ["exposure_entry.id"],
            name=op.f("fk_exposure_edit_entry_id_exposure_entry"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["undoes"], ["exposure_edit.id"], name=op.f("fk_exposure_edit_undoes_exposure_edit"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_exposure_edit")),
        sa.UniqueConstraint("undoes", name=op.f("uq_exposure_edit_undoes")),
    )
    op.create_index(op.f("ix_exposure_edit_entry_id"), "exposure_edit", ["entry_id"])
    op.create_table(
        "exposure_link",
        sa.Column("asked_id", sa.Uuid(), nullable=False),
        sa.Column("told_id", sa.Uuid(), nullable=False),
        sa.Column("days", sa.Double(), nullable=False),
        sa.Column("same_thread", sa.Boolean(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["asked_id"],
            ["exposure_entry.id"],
            name=op.f("fk_exposure_link_asked_id_exposure_entry"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["told_id"], ["exposure_entry.id"], name=op.f("fk_exposure_link_told_id_exposure_entry"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("asked_id", "told_id", name=op.f("pk_exposure_link")),
    )
    op.create_index(op.f("ix_exposure_link_told_id"), "exposure_link", ["told_id"])
    op.create_table(
        "exposure_source",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("entry_id", sa.Uuid(), nullable=False),
        sa.Column("message_id", sa.Uuid(), nullable=True),
        sa.Column("author", sa.Text(), nullable=False),
        sa.Column("part", sa.Text(), nullable=False),
        sa.Column("start", sa.Integer(), nullable=True),
        sa.Column("end", sa.Integer(), nullable=True),
        sa.Column("confidence", sa.Double(), nullable=False),
        sa.Column("said_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("verdict", sa.Text(), nullable=True),
        sa.Column("taken_back_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["entry_id"],
            ["exposure_entry.id"],
            name=op.f("fk_exposure_source_entry_id_exposure_entry"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["message_id"], ["message.id"], name=op.f("fk_exposure_source_message_id_message"), ondelete="SET NULL"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_exposure_source")),
        sa.UniqueConstraint(
            "entry_id", "message_id", "part", "start", name=op.f("uq_exposure_source_entry_id_message_id_part_start")
        ),
    )
    op.create_index("ix_exposure_source_message_id", "exposure_source", ["message_id"])
    op.create_table(
        "exposure_person",
        sa.Column("counterparty", sa.Text(), nullable=False),
        sa.Column("address", sa.Text(), nullable=False),
        sa.Column("pseudonym", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("counterparty", "address", name=op.f("pk_exposure_person")),
        sa.UniqueConstraint("counterparty", "pseudonym", name=op.f("uq_exposure_person_counterparty_pseudonym")),
    )
