//! How a discussion is set up: kept, and kept anew as the organizer changes it.

use sea_orm::{
    ActiveModelTrait as _, ColumnTrait as _, ConnectionTrait, DbErr, EntityTrait as _,
    IntoActiveModel as _, QueryFilter as _,
};

use super::super::entity::{discussion, discussion_host, discussion_rule, discussion_slot};
use super::{Discussion, Host, Rule, Slot};

/// Keeps a discussion that is new.
///
/// # Errors
/// A database that refuses.
pub async fn insert(db: &impl ConnectionTrait, discussion: Discussion) -> Result<(), DbErr> {
    let row = discussion.into_active_model().reset_all();
    discussion::Entity::insert(row).exec_without_returning(db).await?;
    Ok(())
}

/// Keeps a discussion as it is now; its groups, people and times are kept by themselves.
///
/// # Errors
/// A database that refuses.
pub async fn update(db: &impl ConnectionTrait, discussion: Discussion) -> Result<(), DbErr> {
    discussion::Entity::update(discussion.into_active_model().reset_all()).exec(db).await?;
    Ok(())
}

/// Keeps these slots in place of those `before`. A slot that stays keeps its groups.
///
/// # Errors
/// A database that refuses.
pub async fn set_slots(
    db: &impl ConnectionTrait,
    before: &[Slot],
    now: &[Slot],
) -> Result<(), DbErr> {
    for slot in before.iter().filter(|slot| !now.iter().any(|other| other.id == slot.id)) {
        discussion_slot::Entity::delete_by_id(slot.id).exec(db).await?;
    }
    for slot in now {
        let row = slot.clone().into_active_model().reset_all();
        match before.iter().find(|other| other.id == slot.id) {
            Some(same) if same == slot => {}
            Some(_) => {
                discussion_slot::Entity::update(row).exec(db).await?;
            }
            None => {
                discussion_slot::Entity::insert(row).exec_without_returning(db).await?;
            }
        }
    }
    Ok(())
}

/// Keeps these hosts in place of those `before`. A host who stays keeps their groups.
///
/// # Errors
/// A database that refuses.
pub async fn set_hosts(
    db: &impl ConnectionTrait,
    before: &[Host],
    now: &[Host],
) -> Result<(), DbErr> {
    for host in before.iter().filter(|host| !now.iter().any(|other| other.id == host.id)) {
        discussion_host::Entity::delete_by_id(host.id).exec(db).await?;
    }
    for host in now {
        let row = host.clone().into_active_model().reset_all();
        match before.iter().find(|other| other.id == host.id) {
            Some(same) if same == host => {}
            Some(_) => {
                discussion_host::Entity::update(row).exec(db).await?;
            }
            None => {
                discussion_host::Entity::insert(row).exec_without_returning(db).await?;
            }
        }
    }
    Ok(())
}

/// Keeps these rules in place of all that a discussion had.
///
/// # Errors
/// A database that refuses.
pub async fn set_rules(
    db: &impl ConnectionTrait,
    of: crate::domain::DiscussionId,
    rules: &[Rule],
) -> Result<(), DbErr> {
    discussion_rule::Entity::delete_many()
        .filter(discussion_rule::Column::DiscussionId.eq(of))
        .exec(db)
        .await?;
    if !rules.is_empty() {
        let rows = rules.iter().map(|rule| rule.clone().into_active_model().reset_all());
        discussion_rule::Entity::insert_many(rows).exec_without_returning(db).await?;
    }
    Ok(())
}
