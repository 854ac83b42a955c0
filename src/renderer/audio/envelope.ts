/** The law of fades and crossfades is the document's: player and export share it. */
export * from '../../shared/project/envelope.ts'
