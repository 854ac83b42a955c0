/** What is measured alike, in the order printed. */
export const systemNames = ['ceiling', 'floor', 'equalizer', 'control', 'seen', 'enrolled'] as const
export type SystemName = (typeof systemNames)[number]
