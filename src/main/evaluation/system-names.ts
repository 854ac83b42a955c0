/** What is measured alike, in the order printed. */
export const systemNames = ['ceiling', 'floor', 'equalizer', 'control', 'seen', 'joint', 'enrolled'] as const
export type SystemName = (typeof systemNames)[number]

/** Joint learning is asked for by name, or takes the place of `seen` where nobody of the base is heard. */
export const usualSystems = systemNames.filter((name) => name !== 'joint')
/** What converts with networks. */
export const converterNames = ['control', 'seen', 'joint', 'enrolled'] as const satisfies readonly SystemName[]
export type ConverterName = (typeof converterNames)[number]
