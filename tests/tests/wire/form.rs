//! A start form that asks everything.

use super::samples::text;
use shared::settings::{CustomField, CustomKind, StartForm, StartFormMode, Wanted};

pub(super) fn start_form() -> StartForm {
    let order = CustomField {
        key: "order".into(),
        label: text("Order number"),
        required: true,
        ..CustomField::default()
    };
    let what = CustomField {
        key: "what".into(),
        label: text("What is it about?"),
        kind: CustomKind::LongText,
        ..CustomField::default()
    };
    let size = CustomField {
        key: "size".into(),
        label: text("Size"),
        kind: CustomKind::Choice,
        options: vec![text("Small"), text("Large")],
        required: false,
    };
    StartForm {
        mode: StartFormMode::Before,
        name: Wanted::Required,
        email: Wanted::Optional,
        phone: Wanted::Off,
        fields: vec![order, what, size],
        consent: text("You may keep this."),
        privacy_url: "https://shop.example/privacy".into(),
    }
}
