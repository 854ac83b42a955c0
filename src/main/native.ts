import { CancelledError, FailureError } from '../shared/base/errors.ts'
import { installEngine, removeEngine } from './commands/install-engine.ts'
import { exitCodes, processTerminal, tellFailure } from './commands/terminal.ts'
import { applicationPaths, installationOf } from './paths.ts'

/**
 * `npm run native [-- --gpu | --remove]`: native TensorFlow in the library's folder, for training several times
 * faster. Runs from source, so that it needs no build.
 */
const installation = installationOf(import.meta.url)
const interrupting = new AbortController()
process.on('SIGINT', () => interrupting.abort())
process.on('SIGTERM', () => interrupting.abort())
const options = {
  installation,
  paths: applicationPaths(installation, process.env),
  terminal: processTerminal,
  interruption: interrupting.signal,
}
const words = process.argv.slice(2)
try {
  if (words.includes('--remove')) await removeEngine(options)
  else await installEngine(words.includes('--gpu') ? 'gpu' : 'cpu', options)
} catch (cause) {
  if (cause instanceof CancelledError) process.exitCode = exitCodes.cancelled
  else if (cause instanceof FailureError) {
    tellFailure(processTerminal, cause.failure, false)
    if (cause.failure.details !== undefined) processTerminal.writeAside(`${cause.failure.details}\n`)
    process.exitCode = exitCodes.failed
  } else throw cause
}
