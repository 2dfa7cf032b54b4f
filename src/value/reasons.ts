/** The reason of what a request is answered with, and of all that is read of it. */
export const modelAnswer = "the model's answer";

/** The reason of what an agent object keeps of its conversation. */
export const earlierTurnsOfAgent = "the earlier turns";
