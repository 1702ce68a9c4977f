//! A short sound for a new chat: two soft notes, made on the spot.

use crate::browser;
use leptos::prelude::*;
use link::{Listener, store};
use shared::time::{Millis, Timestamp};
use std::cell::Cell;
use web_sys::{AudioContext, AudioContextState, OscillatorType};

const MUTE_KEY: &str = "guichet.console.mute";
/// A fifth, upwards: the notes A and E.
const NOTES: [(f32, f64); 2] = [(880.0, 0.0), (1318.5, 0.14)];
const LOUDNESS: f32 = 0.14;
const RINGS_FOR: f64 = 0.5;
/// However many chats come at once, it is heard once.
const HEARD_ONCE_IN: Millis = Millis::seconds(2);

thread_local! {
    static HEARD_AT: Cell<Timestamp> = const { Cell::new(Timestamp(0)) };
    static CONTEXT: std::cell::RefCell<Option<AudioContext>> = const { std::cell::RefCell::new(None) };
}

/// Whether sounds are on; remembered.
pub(crate) fn is_on() -> bool {
    store::get(MUTE_KEY).is_none()
}

pub(crate) fn set_on(on: bool) {
    if on {
        store::remove(MUTE_KEY);
        play();
    } else {
        store::set(MUTE_KEY, "1");
    }
}

/// Browsers let a page make sounds only after its user did something in it: waits for that.
pub(crate) fn allow_at_first_gesture() {
    let Some(document) = browser::document() else { return };
    let listeners = StoredValue::new_local(Vec::new());
    let gestures = ["pointerdown", "keydown"];
    listeners.set_value(
        gestures.map(|gesture| Listener::new(&document, gesture, move |_| prepare())).into_iter().collect(),
    );
}

fn prepare() {
    CONTEXT.with_borrow_mut(|context| {
        if context.is_none() {
            *context = AudioContext::new().ok();
        }
        if let Some(context) = context.as_ref().filter(|c| c.state() == AudioContextState::Suspended) {
            let _ = context.resume();
        }
    });
}

/// Plays the sound, if sounds are on and allowed.
pub(crate) fn play() {
    let (now, heard) = (link::now(), HEARD_AT.get());
    // A clock that was set back is no reason to be silent.
    let again = now < heard || now.since(heard) >= HEARD_ONCE_IN;
    if is_on() && again {
        HEARD_AT.set(now);
        CONTEXT.with_borrow(|context| {
            for (pitch, after) in NOTES {
                // A sound that fails is no reason to fail.
                let _ = context.as_ref().map(|context| note(context, pitch, after));
            }
        });
    }
}

fn note(context: &AudioContext, pitch: f32, after: f64) -> Result<(), wasm_bindgen::JsValue> {
    let start = context.current_time() + after;
    let (tone, loudness) = (context.create_oscillator()?, context.create_gain()?);
    tone.set_type(OscillatorType::Sine);
    tone.frequency().set_value(pitch);
    loudness.gain().set_value_at_time(0.0001, start)?;
    loudness.gain().exponential_ramp_to_value_at_time(LOUDNESS, start + 0.02)?;
    loudness.gain().exponential_ramp_to_value_at_time(0.0001, start + RINGS_FOR)?;
    tone.connect_with_audio_node(&loudness)?;
    loudness.connect_with_audio_node(&context.destination())?;
    tone.start_with_when(start)?;
    tone.stop_with_when(start + RINGS_FOR)
}
