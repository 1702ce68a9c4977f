//! A sample of every state that readers are shown.

use super::samples::{AT, rules, why};
use shared::form::{Consent, Field, Form, Kind};
use shared::id::Epoch;
use shared::settings::Scale;
use shared::time::Millis;
use shared::why::{Rule, Why};
use shared::wire::{FormView, RatingView, ReviewView, Score, SessionView};

pub(crate) fn waiting() -> SessionView {
    waits(Some(2), None)
}

fn waits(place: Option<u32>, why: Option<Why>) -> SessionView {
    SessionView::Waiting {
        number: 3,
        epoch: Epoch(1),
        place,
        beyond: place == Some(20),
        wait: place.map(|place| Millis::minutes(place.into())),
        notice: place.map(|place| format!("Number {place}")),
        offered: place.is_none(),
        why: why.map(Box::new),
    }
}

fn active(rating: RatingView, mine: bool) -> SessionView {
    SessionView::Active {
        number: 3,
        epoch: Epoch(3),
        operator: "Ana".into(),
        mine,
        joined: !mine,
        with: vec!["Ben".into()],
        pinned: mine,
        rating,
        why: mine.then(|| Box::new(why(Rule::InOrder))),
    }
}

fn ratings() -> Vec<RatingView> {
    let samples = vec![
        RatingView::Off,
        RatingView::Possible { scale: Scale::Stars },
        RatingView::Asked { until: AT, scale: Scale::Thumbs, text: None },
        RatingView::Asked { until: AT, scale: Scale::Stars, text: Some("Well?".into()) },
        RatingView::Given { score: Score::Bad, until: AT, scale: Scale::Thumbs, thanks: None },
        RatingView::Given {
            score: Score::Stars(5),
            until: AT,
            scale: Scale::Stars,
            thanks: Some("Thank you.".into()),
        },
    ];
    for sample in &samples {
        match sample {
            RatingView::Off
            | RatingView::Possible { .. }
            | RatingView::Asked { .. }
            | RatingView::Given { .. } => {}
        }
    }
    samples
}

pub(crate) fn sessions() -> Vec<SessionView> {
    let review = ReviewView { score: 4, comment: "Calm".into(), name: "Sup".into() };
    let ended = |operator: Option<&str>, rating| SessionView::Ended {
        number: 3,
        operator: operator.map(str::to_owned),
        rating,
        missed: operator.is_none(),
        reopens: operator.is_none(),
        review: operator.map(|_| review.clone()),
    };
    let closing = SessionView::Closing {
        number: 3,
        epoch: Epoch(3),
        operator: "Ana".into(),
        mine: true,
        until: AT,
        rating: RatingView::Off,
        review: Some(review.clone()),
    };
    let mut samples = vec![SessionView::None, waiting(), waits(Some(20), None), waits(None, None)];
    samples.extend(rules().into_iter().map(|rule| waits(None, Some(why(rule)))));
    samples.extend([active(RatingView::Off, true), active(ratings().remove(1), false), closing]);
    samples.push(ended(None, RatingView::Off));
    samples.extend(ratings().into_iter().map(|rating| ended(Some("Ana"), rating)));
    for sample in &samples {
        match sample {
            SessionView::None
            | SessionView::Waiting { .. }
            | SessionView::Active { .. }
            | SessionView::Closing { .. }
            | SessionView::Ended { .. } => {}
        }
    }
    samples
}

pub(crate) fn forms() -> Vec<FormView> {
    let asked = |text: Option<&str>| FormView::Asked { text: text.map(str::to_owned) };
    let field = |key: &str, label: &str, kind| Field {
        key: key.to_owned(),
        label: label.to_owned(),
        kind,
        required: key == "order",
    };
    let form = Form {
        fields: vec![
            Field::known(Kind::Name, true),
            Field::known(Kind::Email, false),
            Field::known(Kind::Phone, false),
            field("order", "Order number", Kind::Text),
            field("what", "What is it about?", Kind::LongText),
            field("size", "Size", Kind::Choice(vec!["Small".into(), "Large".into()])),
        ],
        consent: Some(Consent {
            text: "You may keep this.".into(),
            link: "https://shop.example/privacy".into(),
        }),
        reach: false,
    };
    let start =
        |before| FormView::Start { before, form: if before { form.clone() } else { Form::contact() } };
    let samples = vec![
        FormView::Off,
        asked(Some("How can we reach you?")),
        asked(None),
        FormView::Given,
        start(true),
        start(false),
    ];
    for sample in &samples {
        match sample {
            FormView::Off | FormView::Asked { .. } | FormView::Start { .. } | FormView::Given => {}
        }
    }
    samples
}
