//! Stand-ins for the three objects.

use worker::{Env, Request, Response, Result, State, durable_object};

macro_rules! stub {
    ($name:ident) => {
        #[durable_object]
        pub struct $name;
        impl worker::DurableObject for $name {
            fn new(_state: State, _env: Env) -> Self {
                Self
            }
            async fn fetch(&self, _request: Request) -> Result<Response> {
                Response::error("not implemented", 501)
            }
        }
    };
}

stub!(Conversation);
stub!(Desk);
stub!(Operator);
