import type { Act } from './act.ts'

/** The melody of a part that nobody looked at yet. */
export const analyze: Act = {
  name: 'analyze',
  weight: 1,
  async run(stage, random) {
    const { projectId, sources } = stage
    const [lead] = sources
    const durationSamples = 12_000 + random.integer(6000)
    const sourceStartSamples = random.integer(lead.durationSamples - durationSamples)
    await stage.ask('project:pitch', { projectId, sourceId: lead.id, sourceStartSamples, durationSamples })
  },
}
