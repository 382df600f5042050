//! What customers get in touch about in the demonstration. The reason is right each time, and something of ours went wrong.

/// Why somebody gets in touch, and what went wrong on our side.
#[derive(Clone, Copy, Debug)]
pub struct Matter {
    /// In the middle of a sentence: "the damp in the back bedroom".
    pub about: &'static str,
    /// Its reference with us.
    pub reference: &'static str,
    /// Whether it is a repair; otherwise an enquiry.
    pub is_repair: bool,
    /// What went wrong, as a sentence staff can read: "Two promised calls did not happen."
    pub wrong: &'static str,
    /// The same to the customer, with an apology.
    pub sorry: &'static str,
    /// What the customer told us about it, as the middle of a sentence.
    pub side: &'static str,
    /// A line for a calm contact about it.
    pub calm: &'static str,
}

/// The matter of a lead at a landlord: neighbours in the list get different ones.
pub fn of(landlord: usize, place: usize) -> &'static Matter {
    &MATTERS[(place * 5 + landlord * 7) % MATTERS.len()]
}

const MATTERS: [Matter; 12] = [
    Matter {
        about: "the damp in the back bedroom",
        reference: "repair 88214",
        is_repair: true,
        wrong: "Two calls we promised about it did not happen.",
        sorry: "You are right that we did not ring you back twice, and we are sorry. A surveyor will visit, and we will carry on until the damp is put right.",
        side: "the damp is in a child’s bedroom, and two promised calls never came",
        calm: "Went through the dates of the damp survey. Thanked us for ringing on time.",
    },
    Matter {
        about: "last year’s service charge",
        reference: "enquiry 20931",
        is_repair: false,
        wrong: "Three of our replies repeated the first one and did not show the sum.",
        sorry: "Our first three replies did not show how the sum was made up, and we are sorry. A statement with each item is with the accounts team.",
        side: "the figure for window cleaning is wrong, and each reply repeated the last one",
        calm: "Asked for the statement of the service charge. Sent by email while on the line.",
    },
    Matter {
        about: "the lift in the block",
        reference: "repair 90127",
        is_repair: true,
        wrong: "The lift was out for 19 days and the notice in the hall gave no date.",
        sorry: "The lift was out for 19 days and our notice gave no date, and we are sorry. The part has been fitted, and we are watching it.",
        side: "it meant carrying shopping up six floors for 19 days",
        calm: "Reported that the lift is working again. Asked to be told of the next service.",
    },
    Matter {
        about: "the boiler",
        reference: "repair 87550",
        is_repair: true,
        wrong: "Two engineers came without the part.",
        sorry: "Two engineers came without the part, and we are sorry. It has been fitted, and we will check it once more in a month.",
        side: "there was no hot water for eleven days and two engineers came without the part",
        calm: "Boiler serviced this morning. All working.",
    },
    Matter {
        about: "noise from the flat above",
        reference: "case 3318",
        is_repair: false,
        wrong: "The diary sheets were lost in our office for three weeks.",
        sorry: "We lost your diary sheets for three weeks, and we are sorry. The neighbourhood team has them now and will visit.",
        side: "sleep was broken for a month, and the diary sheets had been lost",
        calm: "Handed in the noise diary for the month. Fewer nights than before.",
    },
    Matter {
        about: "the parking space",
        reference: "enquiry 21204",
        is_repair: false,
        wrong: "The space was given to somebody else by mistake.",
        sorry: "We gave your space to somebody else by mistake, and we are sorry. It is yours again.",
        side: "the space had been paid for and was given to somebody else",
        calm: "Permit for the new car asked for and issued.",
    },
    Matter {
        about: "the rent account",
        reference: "enquiry 20577",
        is_repair: false,
        wrong: "A payment stood on the wrong account for six weeks.",
        sorry: "We put your payment on the wrong account for six weeks, and we are sorry. Your account shows it now.",
        side: "a letter about arrears came although the rent was paid",
        calm: "Paid the rent by card and asked for the balance.",
    },
    Matter {
        about: "the new kitchen",
        reference: "works 1406",
        is_repair: true,
        wrong: "The date was moved twice without a letter.",
        sorry: "We moved the date twice without writing to you, and we are sorry. The fitters have a firm date now.",
        side: "two days of leave were taken for fitters who did not come",
        calm: "Chose the worktop and the tiles. Happy with the date.",
    },
    Matter {
        about: "the window that does not close",
        reference: "repair 89903",
        is_repair: true,
        wrong: "The visit to measure it was cancelled on the morning.",
        sorry: "We cancelled the visit on the morning, and we are sorry. The window is on order.",
        side: "the flat could not be kept warm and the visit was cancelled on the day",
        calm: "Let the joiner in. The window is measured and on order.",
    },
    Matter {
        about: "the application to move",
        reference: "application 5571",
        is_repair: false,
        wrong: "It stood in the wrong band for four months.",
        sorry: "Your application stood in the wrong band for four months, and we are sorry. It is put right, from the first day.",
        side: "two homes were missed because the application stood in the wrong band",
        calm: "Asked how bidding works this week. Two homes chosen.",
    },
    Matter {
        about: "the garden fence",
        reference: "repair 88790",
        is_repair: true,
        wrong: "The contractor closed the job as done when it was not.",
        sorry: "The job was closed as done when it was not, and we are sorry. A new one is open with another contractor.",
        side: "the dog got out twice through a gap that was said to be mended",
        calm: "Fence panel fitted. Sent a photo to say thank you.",
    },
    Matter {
        about: "the bins behind the block",
        reference: "enquiry 21388",
        is_repair: false,
        wrong: "Nobody came for three collections and our record said that they had.",
        sorry: "Three collections were missed and our record said otherwise, and we are sorry. The contractor has been told.",
        side: "there were rats, and nobody believed that the bins had not been emptied",
        calm: "Said the bins were emptied on time. Asked for a second recycling bin.",
    },
];
