const subjects = [
  "tents",
  "boots",
  "stoves",
  "packs",
  "lamps",
  "ropes",
  "maps",
  "kettles",
  "gloves",
  "sledges",
];

const sentences = [
  "Anything bought for the season may come back until the last day of the month after it.",
  "Ask for two photographs, one of the label and one of the damage, before anybody talks about money.",
  "A repair takes nine days when the part is on the shelf and five weeks when it has to be ordered from the maker.",
  "Never promise a date that the bench has not confirmed, and say plainly when nobody knows.",
  "The warehouse closes at half past one, so a replacement that is agreed later leaves on the next morning.",
  "Washing instructions are printed on the inner seam and win over whatever a customer has read elsewhere.",
  "When the price has changed since the purchase, the price on the invoice counts in both directions.",
  "A letter that contains a threat goes to the manager unread by anybody else and is answered by hand.",
];

/** Static text of some 2,500 tokens: more than twice what most models want in front of a checkpoint. */
export const handbook = subjects
  .map(
    (subject) =>
      `## About ${subject}\n\n${sentences.map((sentence) => `${sentence} So it is with ${subject}.`).join(" ")}`,
  )
  .join("\n\n");
