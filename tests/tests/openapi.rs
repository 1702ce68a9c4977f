//! The document of the API is what the types say.

use serde_json::Value;
use shared::api::{BASE, ENDPOINTS};
use std::collections::BTreeSet;
use tests::openapi;

#[test]
fn the_document_is_current() {
    let kept = std::fs::read_to_string(openapi::PATH).unwrap();
    let kept: Value = serde_json::from_str(&kept).unwrap();
    // Both at full length would be all that one sees.
    assert!(kept == openapi::document(), "the types have changed; run: cargo run -p tests --bin openapi");
}

#[test]
fn every_endpoint_is_in_it_once() {
    let document = openapi::document();
    let ids: Vec<&str> = document["paths"]
        .as_object()
        .unwrap()
        .values()
        .flat_map(|methods| methods.as_object().unwrap().values())
        .map(|operation| operation["operationId"].as_str().unwrap())
        .collect();
    assert_eq!(ids.len(), ENDPOINTS.len());
    assert_eq!(ids.iter().collect::<BTreeSet<_>>().len(), ENDPOINTS.len());
    for endpoint in ENDPOINTS {
        assert!(document["paths"].get(format!("{BASE}{}", endpoint.path)).is_some(), "{}", endpoint.path);
    }
}

/// All references in a value.
fn references(value: &Value, found: &mut BTreeSet<String>) {
    match value {
        Value::Object(fields) => {
            for (name, value) in fields {
                match (name.as_str(), value) {
                    ("$ref", Value::String(to)) => {
                        found.insert(to.clone());
                    }
                    _ => references(value, found),
                }
            }
        }
        Value::Array(values) => values.iter().for_each(|value| references(value, found)),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
    }
}

#[test]
fn every_reference_leads_somewhere() {
    let document = openapi::document();
    let mut found = BTreeSet::new();
    references(&document, &mut found);
    assert!(found.len() > 10);
    for reference in found {
        let pointer = reference.strip_prefix('#').unwrap();
        assert!(document.pointer(pointer).is_some(), "{reference}");
    }
}

#[test]
fn secrets_are_asked_for_in_bodies_and_never_in_addresses() {
    let document = openapi::document();
    for (path, methods) in document["paths"].as_object().unwrap() {
        for operation in methods.as_object().unwrap().values() {
            let parameters = operation["parameters"].as_array().cloned().unwrap_or_default();
            assert!(parameters.iter().all(|parameter| parameter["name"] == "channel"), "{path}");
        }
    }
}
