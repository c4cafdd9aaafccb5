use sea_orm_migration::{prelude::*, schema::*};

use crate::columns::{belongs, drop_all, index, unordered};

#[derive(DeriveMigrationName)]
pub struct Migration;

/// Columns that were added to tables of before: table, column, and what it says where nothing
/// was said.
const ADDED: [(&str, &str, &str); 4] = [
    ("discussion", "format", "one"),
    ("discussion", "wish", "{}"),
    ("discussion", "input_hash", ""),
    ("discussion_group", "place", ""),
];

/// Where a group is said to meet, and who leads it: gone from there with what it points at.
const POINTERS: [(&str, &str); 2] =
    [("slot_id", "discussion_slot"), ("host_id", "discussion_host")];

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    // SQLite's default is none: a migration that failed half-way would stay half applied.
    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }

    async fn up(&self, m: &SchemaManager) -> Result<(), DbErr> {
        for (table, column, default) in ADDED {
            let column = text(column).default(default).take();
            m.alter_table(Table::alter().table(table).add_column(column).take()).await?;
        }
        let rounds = integer("rounds").default(1).take();
        m.alter_table(Table::alter().table("discussion").add_column(rounds).take()).await?;
        participants(m).await?;
        hosts_and_slots(m).await?;
        rest(m).await?;
        for (column, table) in POINTERS {
            // SeaQuery adds no references to tables of SQLite that are there; both databases do.
            let points = format!("REFERENCES {table} (id) ON DELETE SET NULL");
            let column = uuid_null(column).extra(points).take();
            m.alter_table(Table::alter().table("discussion_group").add_column(column).take())
                .await?;
        }
        seats(m).await
    }

    async fn down(&self, m: &SchemaManager) -> Result<(), DbErr> {
        let db = m.get_connection();
        db.execute_unprepared(
            "CREATE TABLE seat_before AS SELECT participant.id, seat.discussion_id, seat.group_id, \
             seat.questionnaire_id, participant.response_id, participant.token_hash, seat.reason \
             FROM seat JOIN participant ON participant.id = seat.participant_id \
             WHERE seat.round = 0 AND participant.response_id IS NOT NULL",
        )
        .await?;
        drop_all(m, &["seat", "seating", "plan_change", "discussion_rule"]).await?;
        for (column, _) in POINTERS {
            m.alter_table(Table::alter().table("discussion_group").drop_column(column).take())
                .await?;
        }
        drop_all(m, &["discussion_slot", "discussion_host", "participant"]).await?;
        m.create_table(
            Table::create()
                .table("seat")
                .col(pk_uuid("id"))
                .col(uuid("discussion_id"))
                .col(uuid_null("group_id"))
                .col(uuid("questionnaire_id"))
                .col(uuid("response_id"))
                .col(text("token_hash"))
                .col(text("reason"))
                .foreign_key(&mut belongs("seat", "discussion_id", "discussion"))
                .foreign_key(&mut belongs("seat", "group_id", "discussion_group"))
                .foreign_key(&mut belongs("seat", "response_id", "response"))
                .take(),
        )
        .await?;
        m.create_index(index("idx-seat-token", "seat", &["token_hash"]).unique().take()).await?;
        m.create_index(index("idx-seat-discussion", "seat", &["discussion_id"])).await?;
        db.execute_unprepared("INSERT INTO seat SELECT * FROM seat_before").await?;
        drop_all(m, &["seat_before"]).await?;
        m.alter_table(Table::alter().table("discussion").drop_column("rounds").take()).await?;
        for (table, column, _) in ADDED {
            m.alter_table(Table::alter().table(table).drop_column(column).take()).await?;
        }
        Ok(())
    }
}

/// Everybody who has a seat, or waits for one, was a row of `seat`: they keep their id, from
/// which the link is made that was mailed to them.
async fn participants(m: &SchemaManager<'_>) -> Result<(), DbErr> {
    m.create_table(
        unordered(m, "participant")
            .col(pk_uuid("id"))
            .col(uuid("discussion_id"))
            .col(uuid("questionnaire_id"))
            .col(uuid_null("response_id"))
            .col(text("name"))
            .col(text("address"))
            .col(text("language"))
            .col(text_null("free"))
            .col(text("tags"))
            .col(text("token_hash"))
            .col(integer("most_groups"))
            .col(boolean("added_by_hand"))
            .col(timestamp_with_time_zone("joined_at"))
            .col(timestamp_with_time_zone_null("asked_at"))
            .col(timestamp_with_time_zone_null("left_at"))
            .col(text("rsvp"))
            .col(timestamp_with_time_zone_null("rsvp_at"))
            .col(timestamp_with_time_zone_null("waiting_since"))
            .foreign_key(&mut belongs("participant", "discussion_id", "discussion"))
            .foreign_key(&mut belongs("participant", "response_id", "response"))
            .take(),
    )
    .await?;
    m.create_index(index("idx-participant-token", "participant", &["token_hash"]).unique().take())
        .await?;
    m.create_index(index("idx-participant-response", "participant", &["response_id"])).await?;
    m.create_index(index("idx-participant-discussion", "participant", &["discussion_id"])).await?;
    // Whoever gave a seat back has left; when is not known, but it was not before this moment.
    m.get_connection()
        .execute_unprepared(
            "INSERT INTO participant (id, discussion_id, questionnaire_id, response_id, name, \
             address, language, tags, token_hash, most_groups, added_by_hand, joined_at, left_at, \
             rsvp) \
             SELECT seat.id, seat.discussion_id, seat.questionnaire_id, seat.response_id, '', '', \
             '', '[]', seat.token_hash, 0, FALSE, discussion.created_at, \
             CASE WHEN seat.reason LIKE '{\"seat\":\"left\"%' THEN discussion.invited_at END, \
             CASE WHEN seat.reason LIKE '{\"seat\":\"left\"%' THEN 'declined' ELSE 'none' END \
             FROM seat JOIN discussion ON discussion.id = seat.discussion_id",
        )
        .await?;
    Ok(())
}

async fn hosts_and_slots(m: &SchemaManager<'_>) -> Result<(), DbErr> {
    m.create_table(
        unordered(m, "discussion_host")
            .col(pk_uuid("id"))
            .col(uuid("discussion_id"))
            .col(uuid("questionnaire_id"))
            .col(uuid_null("participant_id"))
            .col(text("name"))
            .col(text("address"))
            .col(text("languages"))
            .col(text("free"))
            .col(integer("most"))
            .col(text("token_hash"))
            .foreign_key(&mut belongs("discussion_host", "discussion_id", "discussion"))
            .foreign_key(&mut belongs("discussion_host", "participant_id", "participant"))
            .take(),
    )
    .await?;
    let mut token = index("idx-discussion_host-token", "discussion_host", &["token_hash"]);
    m.create_index(token.unique().take()).await?;
    m.create_index(index("idx-discussion_host-discussion", "discussion_host", &["discussion_id"]))
        .await?;
    m.create_table(
        Table::create()
            .table("discussion_slot")
            .col(pk_uuid("id"))
            .col(uuid("discussion_id"))
            .col(uuid("questionnaire_id"))
            .col(text("key"))
            .col(timestamp_with_time_zone("starts_at"))
            .col(integer_null("minutes"))
            .col(integer("capacity"))
            .col(text("place"))
            .col(text_null("language"))
            .foreign_key(&mut belongs("discussion_slot", "discussion_id", "discussion"))
            .take(),
    )
    .await?;
    let mut keys = index("idx-discussion_slot-key", "discussion_slot", &["discussion_id", "key"]);
    m.create_index(keys.unique().take()).await
}

async fn rest(m: &SchemaManager<'_>) -> Result<(), DbErr> {
    m.create_table(
        Table::create()
            .table("discussion_rule")
            .col(pk_uuid("id"))
            .col(uuid("discussion_id"))
            .col(uuid("questionnaire_id"))
            .col(text("kind"))
            .col(text("people"))
            .foreign_key(&mut belongs("discussion_rule", "discussion_id", "discussion"))
            .take(),
    )
    .await?;
    m.create_index(index("idx-discussion_rule-discussion", "discussion_rule", &["discussion_id"]))
        .await?;
    m.create_table(
        Table::create()
            .table("plan_change")
            .col(pk_uuid("id"))
            .col(uuid("discussion_id"))
            .col(uuid("questionnaire_id"))
            .col(integer("number"))
            .col(text("what"))
            .col(timestamp_with_time_zone("at"))
            .col(timestamp_with_time_zone_null("undone_at"))
            .foreign_key(&mut belongs("plan_change", "discussion_id", "discussion"))
            .take(),
    )
    .await?;
    let mut numbers = index("idx-plan_change-number", "plan_change", &["discussion_id", "number"]);
    m.create_index(numbers.unique().take()).await?;
    m.create_table(
        Table::create()
            .table("seating")
            .col(uuid("discussion_id").primary_key())
            .col(uuid("questionnaire_id"))
            .col(uuid("run"))
            .col(text("state"))
            .col(big_integer("steps_done"))
            .col(big_integer("steps"))
            .col(boolean("stop"))
            .col(text("said"))
            .col(timestamp_with_time_zone("started_at"))
            .col(timestamp_with_time_zone("beat_at"))
            .foreign_key(&mut belongs("seating", "discussion_id", "discussion"))
            .take(),
    )
    .await
}

async fn seats(m: &SchemaManager<'_>) -> Result<(), DbErr> {
    let db = m.get_connection();
    db.execute_unprepared("CREATE TABLE seat_before AS SELECT * FROM seat").await?;
    drop_all(m, &["seat"]).await?;
    m.create_table(
        Table::create()
            .table("seat")
            .col(pk_uuid("id"))
            .col(uuid("participant_id"))
            .col(uuid_null("group_id"))
            .col(uuid("discussion_id"))
            .col(uuid("questionnaire_id"))
            .col(integer("round"))
            .col(text("reason"))
            .col(boolean("locked"))
            .col(boolean_null("attended"))
            .foreign_key(&mut belongs("seat", "participant_id", "participant"))
            .foreign_key(&mut belongs("seat", "group_id", "discussion_group"))
            .foreign_key(&mut belongs("seat", "discussion_id", "discussion"))
            .take(),
    )
    .await?;
    let mut rounds = index("idx-seat-participant", "seat", &["participant_id", "round"]);
    m.create_index(rounds.unique().take()).await?;
    m.create_index(index("idx-seat-discussion", "seat", &["discussion_id"])).await?;
    m.create_index(index("idx-seat-group", "seat", &["group_id"])).await?;
    db.execute_unprepared(
        "INSERT INTO seat (id, participant_id, group_id, discussion_id, questionnaire_id, round, \
         reason, locked) SELECT id, id, group_id, discussion_id, questionnaire_id, 0, reason, \
         FALSE FROM seat_before",
    )
    .await?;
    drop_all(m, &["seat_before"]).await
}
