//! Guichet's own words in every language that the widget speaks.

/// The words of one language.
pub(super) struct Words {
    pub(super) greeting: &'static str,
    pub(super) off_hours: &'static str,
    pub(super) no_answer: &'static str,
    pub(super) contact_ask: &'static str,
    pub(super) rating_ask_thumbs: &'static str,
    pub(super) rating_ask_stars: &'static str,
    pub(super) thanks_good: &'static str,
    pub(super) thanks_bad: &'static str,
    pub(super) team: &'static str,
}

pub(super) const ENGLISH: Words = Words {
    greeting: "Hello, and thank you for your message. Someone will be with you in a moment.",
    off_hours: "We are closed at the moment. Leave us your message, and we will answer when we are back.",
    no_answer: "Everyone is busy at the moment. We have your message, and someone will answer as soon as they can.",
    contact_ask: "Tell us how to reach you, and we will get back to you.",
    rating_ask_thumbs: "Did we help you? Reply 1 for yes or 0 for no.",
    rating_ask_stars: "How did we do? Reply with a digit from 1 (poor) to 5 (great).",
    thanks_good: "Thank you. We are glad that we could help.",
    thanks_bad: "Thank you for telling us. We will try to do better.",
    team: "Our team",
};

const FRENCH: Words = Words {
    greeting: "Bonjour, merci de votre message. Quelqu’un vous répond dans un instant.",
    off_hours: "Nous sommes fermés pour le moment. Laissez-nous votre message : nous y répondrons dès notre retour.",
    no_answer: "Tout le monde est occupé pour le moment. Votre message est bien arrivé : on vous répond dès que possible.",
    contact_ask: "Dites-nous comment vous joindre, et nous reviendrons vers vous.",
    rating_ask_thumbs: "Avons-nous pu vous aider ? Répondez 1 pour oui ou 0 pour non.",
    rating_ask_stars: "Qu’avez-vous pensé de nous ? Répondez par un chiffre de 1 (mauvais) à 5 (excellent).",
    thanks_good: "Merci. Nous sommes heureux d’avoir pu vous aider.",
    thanks_bad: "Merci de nous l’avoir dit. Nous essaierons de faire mieux.",
    team: "Notre équipe",
};

const GERMAN: Words = Words {
    greeting: "Guten Tag, danke für Ihre Nachricht. Gleich ist jemand für Sie da.",
    off_hours: "Wir haben gerade geschlossen. Hinterlassen Sie uns Ihre Nachricht, und wir antworten, sobald wir wieder da sind.",
    no_answer: "Im Moment sind alle beschäftigt. Ihre Nachricht ist angekommen, und jemand antwortet, so bald es geht.",
    contact_ask: "Sagen Sie uns, wie wir Sie erreichen, und wir melden uns bei Ihnen.",
    rating_ask_thumbs: "Konnten wir Ihnen helfen? Antworten Sie mit 1 für ja oder 0 für nein.",
    rating_ask_stars: "Wie waren wir? Antworten Sie mit einer Ziffer von 1 (schlecht) bis 5 (sehr gut).",
    thanks_good: "Danke. Schön, dass wir helfen konnten.",
    thanks_bad: "Danke für Ihre Offenheit. Wir bemühen uns, es besser zu machen.",
    team: "Unser Team",
};

const SPANISH: Words = Words {
    greeting: "Hola, gracias por su mensaje. Alguien le atenderá enseguida.",
    off_hours: "Ahora estamos cerrados. Déjenos su mensaje y le responderemos cuando volvamos.",
    no_answer: "En este momento todos están ocupados. Tenemos su mensaje y alguien le responderá lo antes posible.",
    contact_ask: "Díganos cómo localizarle y nos pondremos en contacto con usted.",
    rating_ask_thumbs: "¿Le hemos ayudado? Responda 1 si es que sí o 0 si es que no.",
    rating_ask_stars: "¿Qué tal lo hemos hecho? Responda con una cifra del 1 (mal) al 5 (muy bien).",
    thanks_good: "Gracias. Nos alegra haber podido ayudarle.",
    thanks_bad: "Gracias por decírnoslo. Intentaremos hacerlo mejor.",
    team: "Nuestro equipo",
};

const PORTUGUESE: Words = Words {
    greeting: "Olá, e obrigado pela sua mensagem. Alguém responderá dentro de momentos.",
    off_hours: "De momento estamos fechados. Deixe-nos a sua mensagem, e responderemos quando voltarmos.",
    no_answer: "De momento estão todos ocupados. Temos a sua mensagem, e alguém responderá assim que possível.",
    contact_ask: "Diga-nos como o podemos contactar, e daremos resposta.",
    rating_ask_thumbs: "Conseguimos ajudar? Responda 1 para sim ou 0 para não.",
    rating_ask_stars: "Como nos saímos? Responda com um algarismo de 1 (mal) a 5 (muito bem).",
    thanks_good: "Obrigado. Ainda bem que pudemos ajudar.",
    thanks_bad: "Obrigado por nos dizer. Tentaremos fazer melhor.",
    team: "A nossa equipa",
};

const ITALIAN: Words = Words {
    greeting: "Ciao, grazie per il tuo messaggio. Qualcuno ti risponde tra un momento.",
    off_hours: "Al momento siamo chiusi. Lasciaci il tuo messaggio e risponderemo al nostro ritorno.",
    no_answer: "Al momento sono tutti occupati. Abbiamo il tuo messaggio e qualcuno risponderà appena possibile.",
    contact_ask: "Dicci come raggiungerti e ti ricontatteremo.",
    rating_ask_thumbs: "Ti siamo stati d’aiuto? Rispondi 1 per sì o 0 per no.",
    rating_ask_stars: "Come siamo andati? Rispondi con una cifra da 1 (male) a 5 (molto bene).",
    thanks_good: "Grazie. Siamo felici di averti aiutato.",
    thanks_bad: "Grazie di avercelo detto. Cercheremo di fare meglio.",
    team: "Il nostro team",
};

const DUTCH: Words = Words {
    greeting: "Hallo, bedankt voor uw bericht. Er is zo iemand voor u.",
    off_hours: "We zijn nu gesloten. Laat uw bericht achter, en we antwoorden zodra we terug zijn.",
    no_answer: "Op dit moment is iedereen bezet. We hebben uw bericht, en iemand antwoordt zodra het kan.",
    contact_ask: "Zeg ons hoe we u kunnen bereiken, en we nemen contact met u op.",
    rating_ask_thumbs: "Hebben we u geholpen? Antwoord 1 voor ja of 0 voor nee.",
    rating_ask_stars: "Hoe deden we het? Antwoord met een cijfer van 1 (slecht) tot 5 (heel goed).",
    thanks_good: "Bedankt. Fijn dat we konden helpen.",
    thanks_bad: "Bedankt dat u het zegt. We proberen het beter te doen.",
    team: "Ons team",
};

const POLISH: Words = Words {
    greeting: "Dzień dobry, dziękujemy za wiadomość. Za chwilę ktoś odpowie.",
    off_hours: "Obecnie mamy zamknięte. Zostaw wiadomość, a odpowiemy po powrocie.",
    no_answer: "W tej chwili wszyscy są zajęci. Mamy Twoją wiadomość i ktoś odpowie tak szybko, jak to możliwe.",
    contact_ask: "Napisz, jak się z Tobą skontaktować, a odezwiemy się.",
    rating_ask_thumbs: "Czy udało się nam pomóc? Odpowiedz 1, jeśli tak, lub 0, jeśli nie.",
    rating_ask_stars: "Jak nam poszło? Odpowiedz cyfrą od 1 (źle) do 5 (bardzo dobrze).",
    thanks_good: "Dziękujemy. Cieszymy się, że mogliśmy pomóc.",
    thanks_bad: "Dziękujemy za szczerość. Postaramy się poprawić.",
    team: "Nasz zespół",
};

const ARABIC: Words = Words {
    greeting: "مرحبًا، وشكرًا على رسالتك. سيكون أحدنا معك بعد لحظات.",
    off_hours: "نحن مغلقون حاليًا. اترك لنا رسالتك، وسنجيب عند عودتنا.",
    no_answer: "الجميع مشغول حاليًا. وصلتنا رسالتك، وسيجيبك أحدنا في أقرب وقت ممكن.",
    contact_ask: "أخبرنا كيف نتواصل معك، وسنعود إليك.",
    rating_ask_thumbs: "هل ساعدناك؟ أجب بـ 1 لنعم أو 0 للا.",
    rating_ask_stars: "كيف كان أداؤنا؟ أجب برقم من 1 (سيئ) إلى 5 (ممتاز).",
    thanks_good: "شكرًا. يسعدنا أننا تمكنا من مساعدتك.",
    thanks_bad: "شكرًا لإخبارنا. سنحاول أن نكون أفضل.",
    team: "فريقنا",
};

const HEBREW: Words = Words {
    greeting: "שלום, ותודה על ההודעה. מישהו יהיה איתכם עוד רגע.",
    off_hours: "אנחנו סגורים כרגע. השאירו לנו הודעה, ונענה כשנחזור.",
    no_answer: "כרגע כולם עסוקים. ההודעה שלכם אצלנו, ומישהו יענה בהקדם האפשרי.",
    contact_ask: "ספרו לנו איך להשיג אתכם, ונחזור אליכם.",
    rating_ask_thumbs: "עזרנו לכם? השיבו 1 לכן או 0 ללא.",
    rating_ask_stars: "איך היינו? השיבו בספרה מ־1 (גרוע) עד 5 (מצוין).",
    thanks_good: "תודה. אנחנו שמחים שיכולנו לעזור.",
    thanks_bad: "תודה שסיפרתם לנו. ננסה להשתפר.",
    team: "הצוות שלנו",
};

const JAPANESE: Words = Words {
    greeting: "メッセージをありがとうございます。まもなく担当者が対応します。",
    off_hours: "ただいま営業時間外です。メッセージを残していただければ、再開後にお答えします。",
    no_answer: "ただいま担当者が全員対応中です。メッセージはお預かりしていますので、できるだけ早くお答えします。",
    contact_ask: "ご連絡先をお知らせください。追ってご連絡いたします。",
    rating_ask_thumbs: "お役に立てましたか？ はいは1、いいえは0でお答えください。",
    rating_ask_stars: "対応はいかがでしたか？ 1（悪い）から5（とても良い）の数字でお答えください。",
    thanks_good: "ありがとうございます。お役に立ててうれしいです。",
    thanks_bad: "ご意見ありがとうございます。改善に努めます。",
    team: "担当チーム",
};

const CHINESE: Words = Words {
    greeting: "您好，感谢您的留言。马上会有人为您服务。",
    off_hours: "我们目前休息。请留言，恢复后我们会答复您。",
    no_answer: "目前客服都在忙。我们已收到您的留言，会尽快有人答复。",
    contact_ask: "请告诉我们如何联系您，我们会尽快回复。",
    rating_ask_thumbs: "我们帮到您了吗？是请回复 1，否请回复 0。",
    rating_ask_stars: "我们的服务如何？请用 1（差）到 5（很好）的数字回复。",
    thanks_good: "谢谢。很高兴能帮到您。",
    thanks_bad: "感谢您的反馈。我们会努力做得更好。",
    team: "我们的团队",
};

/// By the language of a BCP 47 tag.
pub(super) const WORDS: [(&str, &Words); 12] = [
    ("en", &ENGLISH),
    ("fr", &FRENCH),
    ("de", &GERMAN),
    ("es", &SPANISH),
    ("pt", &PORTUGUESE),
    ("it", &ITALIAN),
    ("nl", &DUTCH),
    ("pl", &POLISH),
    ("ar", &ARABIC),
    ("he", &HEBREW),
    ("ja", &JAPANESE),
    ("zh", &CHINESE),
];
