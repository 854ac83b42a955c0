import { installationOf } from './paths.ts'
import { ensureNode } from './preflight.ts'

// The headless host alone: what "understudy serve" does, as an entry of its own.
const installation = installationOf(import.meta.url)
await ensureNode(installation.rootFolder)
const { runCommandLine } = await import('./command-line.ts')
process.exitCode = await runCommandLine(installation, [
  process.argv[0],
  process.argv[1],
  'serve',
  ...process.argv.slice(2),
])
