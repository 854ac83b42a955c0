import { text } from 'node:stream/consumers'
import { openEngine } from '../../../src/main/compute/engines/backend.ts'
import { findEngine } from '../../../src/main/compute/engines/engines.ts'
import { trainProbes, type ProbeOrder } from './probe-training.ts'

/**
 * Trains every probe on one engine in a process of its own, because an engine's libraries are looked for when a
 * process starts, and because it may end it. Arguments: engine, its folder; reads the order as JSON and answers with JSON.
 */
const [, , name, enginesFolder] = process.argv
const engine = findEngine(name)
if (engine === undefined) throw new Error(`no engine “${name}”`)
const { device } = await openEngine(engine, { enginesFolder: enginesFolder || null, hasWindows: false })
const answer = await trainProbes(JSON.parse(await text(process.stdin)) as ProbeOrder, device) // the test's own
process.stdout.write(`${JSON.stringify(answer)}\n`, () => process.exit(0))
