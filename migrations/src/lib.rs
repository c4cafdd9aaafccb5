//! The schema's history, oldest first. A migration is frozen once released: it knows table and
//! column *names*, never the application's entities. Each runs in a transaction on both databases.

use sea_orm_migration::prelude::*;

mod columns;
mod m20261123_000001_organizers;
mod m20261123_000002_questionnaires;
mod m20261123_000003_responses;
mod m20261123_000004_invitations;
mod m20261123_000005_discussions;
mod m20261124_000001_answering;
mod m20261124_000002_answer_index;
mod m20261124_000005_reach;
mod m20261126_000001_themes;
mod m20261126_000003_briefs;
mod m20261126_000005_gathering;
mod m20261126_000006_echo;
mod m20261126_000010_campaigns;
mod m20261126_000011_sending;
mod m20261126_000012_contacts;
mod m20261126_000013_inbound;
mod m20261126_000014_codes;
mod m20261126_000015_campaign_mails;
mod m20261126_000020_article_versions;
mod m20261126_000021_editing;
mod m20261126_000022_people;
mod m20261126_000023_tokens;
mod m20261126_000024_webhooks;
mod m20261126_000025_keys;
mod m20261126_000026_colleagues;
mod m20261126_000028_images;
mod m20261126_000029_people;
mod m20261126_000030_mail;
mod m20261127_000010_addresses;

/// The list of migrations.
pub struct Migrator;

#[async_trait::async_trait]
impl MigratorTrait for Migrator {
    fn migrations() -> Vec<Box<dyn MigrationTrait>> {
        vec![
            Box::new(m20261123_000001_organizers::Migration),
            Box::new(m20261123_000002_questionnaires::Migration),
            Box::new(m20261123_000003_responses::Migration),
            Box::new(m20261123_000004_invitations::Migration),
            Box::new(m20261123_000005_discussions::Migration),
            Box::new(m20261124_000001_answering::Migration),
            Box::new(m20261124_000002_answer_index::Migration),
            Box::new(m20261124_000005_reach::Migration),
            Box::new(m20261126_000001_themes::Migration),
            Box::new(m20261126_000003_briefs::Migration),
            Box::new(m20261126_000005_gathering::Migration),
            Box::new(m20261126_000006_echo::Migration),
            Box::new(m20261126_000010_campaigns::Migration),
            Box::new(m20261126_000011_sending::Migration),
            Box::new(m20261126_000012_contacts::Migration),
            Box::new(m20261126_000013_inbound::Migration),
            Box::new(m20261126_000014_codes::Migration),
            Box::new(m20261126_000015_campaign_mails::Migration),
            Box::new(m20261126_000020_article_versions::Migration),
            Box::new(m20261126_000021_editing::Migration),
            Box::new(m20261126_000022_people::Migration),
            Box::new(m20261126_000023_tokens::Migration),
            Box::new(m20261126_000024_webhooks::Migration),
            Box::new(m20261126_000025_keys::Migration),
            Box::new(m20261126_000026_colleagues::Migration),
            Box::new(m20261126_000028_images::Migration),
            Box::new(m20261126_000029_people::Migration),
            Box::new(m20261126_000030_mail::Migration),
            Box::new(m20261127_000010_addresses::Migration),
        ]
    }
}
