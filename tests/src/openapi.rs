//! The OpenAPI document, made from the table of endpoints and the types of `shared::api`.

use schemars::JsonSchema;
use schemars::generate::{SchemaGenerator, SchemaSettings};
use serde_json::{Map, Value, json};
use shared::access::Need;
use shared::api::{self, BASE, ENDPOINTS, Endpoint, EndpointName, Method, Problem};
use shared::id::ChannelId;
use shared::reject::Code;
use std::collections::{BTreeMap, BTreeSet};

/// Where the document lies.
pub const PATH: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../docs/openapi.json");

/// The name of the security scheme.
const COOKIE: &str = "session";

/// The document.
pub fn document() -> Value {
    let settings = SchemaSettings::draft2020_12().with(|settings| {
        settings.definitions_path = "/components/schemas".into();
        settings.meta_schema = None;
    });
    let mut schemas = settings.into_generator();
    let mut paths: BTreeMap<String, Map<String, Value>> = BTreeMap::new();
    for endpoint in ENDPOINTS {
        let operation = operation(endpoint, &mut schemas);
        paths
            .entry(format!("{BASE}{}", endpoint.path))
            .or_default()
            .insert(method(endpoint).into(), operation);
    }
    json!({
        "openapi": "3.1.0",
        "info": {
            "title": "Guichet",
            "version": env!("CARGO_PKG_VERSION"),
            "description": "The JSON API of Guichet. A refusal is a `Problem` whose `code` is stable. Requests that change \
                something are taken from pages of this host only. Times are milliseconds since the Unix epoch.",
            "license": { "name": "MIT OR Apache-2.0" },
        },
        "paths": paths,
        "components": {
            "schemas": schemas.take_definitions(true),
            "securitySchemes": {
                COOKIE: {
                    "type": "apiKey",
                    "in": "cookie",
                    "name": "__Host-guichet",
                    "description": "Set by signing in. The scopes of an operation name the least role that may call it.",
                },
            },
        },
    })
}

/// The document as it is kept.
pub fn written() -> String {
    let mut text = serde_json::to_string_pretty(&document()).unwrap_or_default();
    text.push('\n');
    text
}

fn operation(endpoint: &Endpoint, schemas: &mut SchemaGenerator) -> Value {
    let (request, response) = types(endpoint.name, schemas);
    let mut operation = json!({
        "operationId": operation_id(endpoint.name),
        "summary": endpoint.summary,
        "security": security(endpoint.need),
        "responses": responses(endpoint, request.is_some(), response, schemas),
    });
    if let Some(schema) = request {
        operation["requestBody"] = json!({ "required": true, "content": content(&schema) });
    }
    if endpoint.path.contains("{channel}") {
        let schema = schemas.subschema_for::<ChannelId>();
        operation["parameters"] =
            json!([{ "name": "channel", "in": "path", "required": true, "schema": schema }]);
    }
    operation
}

/// What an endpoint takes and gives: every endpoint has to be here.
fn types(name: EndpointName, schemas: &mut SchemaGenerator) -> (Option<Value>, Option<Value>) {
    let mut of = Of(schemas);
    match name {
        EndpointName::SetupState => (None, of.a::<api::SetupState>()),
        EndpointName::Setup | EndpointName::Join => (of.a::<api::Join>(), of.a::<api::Me>()),
        EndpointName::SignIn => (of.a::<api::SignIn>(), of.a::<api::Me>()),
        EndpointName::SignOut => (None, None),
        EndpointName::Me => (None, of.a::<api::Me>()),
        EndpointName::Invite => (of.a::<api::NewInvite>(), of.a::<api::Invite>()),
        EndpointName::Operators => (None, of.a::<Vec<api::Person>>()),
        EndpointName::Channels => (None, of.a::<Vec<api::Channel>>()),
        EndpointName::CreateChannel => (of.a::<api::NewChannel>(), of.a::<api::Channel>()),
        EndpointName::Settings => (None, of.a::<api::VersionedSettings>()),
        EndpointName::Line => (None, of.a::<api::LineView>()),
        EndpointName::Members => (None, of.a::<Vec<api::PersonView>>()),
        EndpointName::Keys => (None, of.a::<Vec<api::Key>>()),
        EndpointName::AddKey => (of.a::<api::NewKey>(), of.a::<api::KeyMade>()),
        EndpointName::RemoveKey => (of.a::<api::KeyName>(), None),
        EndpointName::ChangeSettings => (of.a::<api::VersionedSettings>(), of.a::<api::VersionedSettings>()),
    }
}

struct Of<'g>(&'g mut SchemaGenerator);

impl Of<'_> {
    fn a<T: JsonSchema>(&mut self) -> Option<Value> {
        Some(self.0.subschema_for::<T>().to_value())
    }
}

fn responses(
    endpoint: &Endpoint,
    has_body: bool,
    response: Option<Value>,
    schemas: &mut SchemaGenerator,
) -> Value {
    let success = match response {
        Some(schema) => json!({ "description": "Done.", "content": content(&schema) }),
        None => json!({ "description": "Done; nothing to say." }),
    };
    let mut responses = Map::from_iter([(endpoint.success.to_string(), success)]);
    let problem = schemas.subschema_for::<Problem>().to_value();
    for (status, codes) in refusals(endpoint, has_body) {
        let codes: Vec<String> = codes.into_iter().map(|code| format!("`{}`", code.as_str())).collect();
        let response = json!({ "description": codes.join(", "), "content": content(&problem) });
        responses.insert(status.to_string(), response);
    }
    Value::Object(responses)
}

/// The endpoint's own refusals, and those that follow from how it is called.
fn refusals(endpoint: &Endpoint, has_body: bool) -> BTreeMap<u16, BTreeSet<Code>> {
    let mut codes: BTreeSet<Code> = endpoint.refusals.iter().copied().collect();
    codes.extend([Code::MethodNotAllowed, Code::Internal]);
    if has_body {
        codes.extend([Code::Malformed, Code::TooLarge]);
    }
    if endpoint.method != Method::Get {
        codes.insert(Code::WrongOrigin);
    }
    match endpoint.need {
        Need::Nobody | Need::Visitor => {}
        Need::SignedIn => {
            codes.insert(Code::SignInRequired);
        }
        Need::Role(_) => codes.extend([Code::SignInRequired, Code::Forbidden]),
    }
    let mut by_status: BTreeMap<u16, BTreeSet<Code>> = BTreeMap::new();
    for code in codes {
        by_status.entry(code.status()).or_default().insert(code);
    }
    by_status
}

fn security(need: Need) -> Value {
    match need {
        Need::Nobody | Need::Visitor => json!([]),
        Need::SignedIn => json!([{ COOKIE: [] }]),
        Need::Role(role) => json!([{ COOKIE: [role] }]),
    }
}

fn content(schema: &Value) -> Value {
    json!({ "application/json": { "schema": schema } })
}

const fn method(endpoint: &Endpoint) -> &'static str {
    match endpoint.method {
        Method::Get => "get",
        Method::Post => "post",
        Method::Put => "put",
    }
}

/// `createChannel` for `CreateChannel`.
fn operation_id(name: EndpointName) -> String {
    let name = format!("{name:?}");
    let mut letters = name.chars();
    letters.next().map(|first| first.to_ascii_lowercase()).into_iter().chain(letters).collect()
}
