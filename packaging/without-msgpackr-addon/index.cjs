/** What msgpackr asks for and does without. */
module.exports = null
