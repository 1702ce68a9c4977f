//! What a visitor hears while they wait or look on.

use super::*;

impl Rig {
    fn hears_place(&mut self, place: u32, beyond: bool, wait: Option<Millis>) {
        let session = self.session_id();
        self.input(T0, Input::Hint(Hint::Place { session, place, beyond, wait })).unwrap();
    }

    /// What desks were told of a visitor who looks on.
    fn watch(&self) -> Vec<bool> {
        let watch = |effect: &Effect<Conversation>| match effect {
            Effect::Mention { hint: Hint::Watch { on, .. }, .. } => Some(*on),
            _ => None,
        };
        self.effects.iter().filter_map(watch).collect()
    }
}

#[test]
fn a_visitor_hears_their_place_and_how_long_it_takes() {
    let mut rig = Rig::new();
    rig.writes(1, 1).unwrap();
    rig.hears_place(3, false, Some(Millis::minutes(4)));
    let shown = rig.shown(1).cloned();
    assert!(matches!(
        shown,
        Some(SessionView::Waiting {
            place: Some(3),
            beyond: false,
            wait: Some(Millis(240_000)),
            notice: None,
            ..
        })
    ));
    rig.hears_place(3, false, Some(Millis::minutes(4)));
    assert!(rig.effects.is_empty(), "nothing new");
}

#[test]
fn a_channel_may_say_it_in_its_own_words() {
    let automatic = Automatic { waiting_text: words("You are number {place}."), ..quiet().automatic };
    let mut rig = Rig::with(Settings { automatic, ..quiet() });
    rig.writes(1, 1).unwrap();
    let notice = |rig: &Rig| match rig.shown(1) {
        Some(SessionView::Waiting { notice, .. }) => notice.clone(),
        _ => None,
    };
    rig.hears_place(3, false, None);
    assert_eq!(notice(&rig).as_deref(), Some("You are number 3."));
    rig.hears_place(50, true, None);
    assert_eq!(notice(&rig).as_deref(), Some("You are number 50+."));
}

#[test]
fn who_looks_on_without_a_session_is_told_whether_somebody_is_free() {
    let mut rig = Rig::new();
    assert_eq!(rig.watch(), [true]);
    let available = |now| Input::Hint(Hint::Available { channel: "demo".parse().unwrap(), now });
    rig.input(T0, available(false)).unwrap();
    assert!(matches!(rig.sent(1)[..], [FromConversation::Available { now: false }]));
    rig.input(T0, available(false)).unwrap();
    assert!(rig.sent(1).is_empty());
    rig.writes(1, 1).unwrap();
    assert_eq!(rig.watch(), [false], "from now on the place in the line tells");
    rig.input(T0, available(true)).unwrap();
    assert!(rig.sent(1).is_empty());
    rig.says(1, ToConversation::End {}).unwrap();
    assert_eq!(rig.watch(), [true]);
    rig.input(T0, Input::Gone { socket: Socket(1) }).unwrap();
    assert_eq!((rig.watch(), rig.core.poll_timeout()), (vec![false], None));
}

#[test]
fn the_desk_is_reminded_of_who_looks_on_and_told_again_after_a_sleep() {
    let mut rig = Rig::new();
    let at = rig.rings();
    assert_eq!((at, rig.watch()), (T0 + Millis::minutes(30), vec![true]));
    let mut rig = Rig::active();
    rig.says(1, ToConversation::End {}).unwrap();
    rig.crashes();
    let resumed = Input::Connected { socket: Socket(1), who: Who::Visitor, resumed: true };
    rig.input(T0, resumed).unwrap();
    assert_eq!(rig.rings(), T0);
    assert_eq!(rig.watch(), [true]);
}

#[test]
fn an_explanation_reaches_operators_and_never_the_visitor() {
    let mut rig = Rig::new();
    rig.writes(1, 1).unwrap();
    let session = rig.session_id();
    rig.note(Note::Waiting { session: session.clone(), epoch: Epoch(1), moved: None });
    rig.opens(3, Who::Operator { face: ben(), role: Role::Supervisor });
    rig.says(3, hello(0)).unwrap();
    let why = crate::why::Why {
        at: T0,
        rule: crate::why::Rule::NobodyFree,
        winner: None,
        next: Vec::new(),
        excluded: crate::why::Excluded { offline: 2, ..crate::why::Excluded::default() },
    };
    rig.note(Note::Explained { session, epoch: Epoch(1), why: Box::new(why.clone()) });
    let seen = |socket| match rig.shown(socket) {
        Some(SessionView::Waiting { why, .. }) => why.clone(),
        _ => None,
    };
    assert_eq!((seen(3), seen(1)), (Some(Box::new(why)), None));
}
