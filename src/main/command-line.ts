import { Command, CommanderError } from 'commander'
import { CancelledError, FailureError } from '../shared/base/errors.ts'
import { addAnalyzeCommand } from './commands/analyze.ts'
import { addBackendCommand } from './commands/backend.ts'
import type { CommandContext } from './commands/command-context.ts'
import { addBatchCommand } from './commands/batch.ts'
import { addConvertCommand } from './commands/convert.ts'
import { addDetectCommand } from './commands/detect.ts'
import { addDemoCommand } from './commands/demo.ts'
import { addDoctorCommand } from './commands/doctor.ts'
import { addEmotionCommand } from './commands/emotion.ts'
import { addEvaluateCommand } from './commands/evaluate.ts'
import { addExplainCommand } from './commands/explain.ts'
import { addFarmCommand } from './commands/farm.ts'
import { addJobsCommand } from './commands/jobs.ts'
import { addProjectCommand } from './commands/project.ts'
import { addRenderCommand } from './commands/project-render.ts'
import { addServeCommand } from './commands/serve.ts'
import { addSingerCommand } from './commands/singer.ts'
import { addWaveformCommand } from './commands/waveform.ts'
import { addWorkerCommand } from './commands/worker.ts'
import { exitCodes, processTerminal, tellFailure, type ExitCode, type Terminal } from './commands/terminal.ts'
import { addDomainCommand } from './commands/domain.ts'
import { addTranslateCommand } from './commands/translate.ts'
import { addVocoderCommand } from './commands/vocoder.ts'
import { describeCause } from './logger.ts'
import { farmAddress } from './farm/farm-address.ts'
import { openHost } from './host.ts'
import { applicationPaths, type Installation } from './paths.ts'

const examples = `
Examples:
  understudy singer train --name Mira --clips clips/mira --preset quick
  understudy convert lead.wav --singer Mira --emotion sad:0.6 --out lead-mira.wav --report lead.json
  understudy batch stems --singer Mira --out stems-mira
  understudy project new Song.understudy && understudy project import Song.understudy stems/*.wav
  understudy render Song.understudy --out renders
  understudy serve --port 8123

Exit codes: 0 done · 1 failed · 2 used in a way it can't be · 130 cancelled with Ctrl-C
UNDERSTUDY_HOME names the folder of singers and jobs; UNDERSTUDY_BACKEND the compute engine;
UNDERSTUDY_QUEUE and UNDERSTUDY_STORE other machines that do the work.`

/** Runs one command and answers its exit code. */
export async function runCommandLine(installation: Installation, argv: readonly string[]): Promise<ExitCode> {
  const terminal = processTerminal
  const interruption = new AbortController()
  const interrupt = () => interruption.abort()
  process.on('SIGINT', interrupt)
  process.on('SIGTERM', interrupt)
  const endAtOnce = () => {
    process.off('SIGINT', interrupt)
    process.off('SIGTERM', interrupt)
    if (interruption.signal.aborted) throw new CancelledError()
  }
  try {
    await buildProgram(commandContext(installation, terminal, interruption.signal, endAtOnce)).parseAsync([...argv])
    return exitCodes.done
  } catch (cause) {
    return exitCodeOf(cause, terminal, argv.includes('--json'))
  }
}

export function buildProgram(context: CommandContext): Command {
  const program = new Command('understudy')
    // An option belongs to the command that it follows: “evaluate emotion --audio” is not “evaluate --audio”.
    .enablePositionalOptions()
    .description('Lets another singer sing your stems, on your own machine.')
    .version(context.installation.version)
    .addHelpText('after', examples)
    .showHelpAfterError('Run with --help for how it is used.')
    .exitOverride()
  addConvertCommand(program, context)
  addBatchCommand(program, context)
  addSingerCommand(program, context)
  addWaveformCommand(program, context)
  addEmotionCommand(program, context)
  addProjectCommand(program, context)
  addRenderCommand(program, context)
  addAnalyzeCommand(program, context)
  addDetectCommand(program, context)
  addJobsCommand(program, context)
  addBackendCommand(program, context)
  addServeCommand(program, context)
  addDemoCommand(program, context)
  addDoctorCommand(program, context)
  addEvaluateCommand(program, context)
  addVocoderCommand(program, context)
  addDomainCommand(program, context)
  addTranslateCommand(program, context)
  addExplainCommand(program, context)
  addWorkerCommand(program, context)
  addFarmCommand(program, context)
  overrideExits(program)
  return program
}

/** Commander ends the process at a usage error unless every single command is told not to. */
function overrideExits(command: Command): void {
  command.exitOverride()
  for (const child of command.commands) overrideExits(child)
}

function commandContext(
  installation: Installation,
  terminal: Terminal,
  interruption: AbortSignal,
  endAtOnce: () => void,
): CommandContext {
  const paths = applicationPaths(installation, process.env)
  const withApplication: CommandContext['withApplication'] = async (
    action,
    { homeFolder, host = 'command-line', farm = {} } = {},
  ) => {
    const ownPaths = homeFolder === undefined ? paths : applicationPaths(installation, { UNDERSTUDY_HOME: homeFolder })
    const opened = await openHost(installation, ownPaths, host, farmAddress(farm, process.env))
    if (!opened.ok) throw new FailureError(opened.failure)
    try {
      return await action(opened.value)
    } finally {
      await opened.value.close()
    }
  }
  return { installation, paths, terminal, interruption, endAtOnce, withApplication }
}

function exitCodeOf(cause: unknown, terminal: Terminal, isJson: boolean): ExitCode {
  if (cause instanceof CommanderError) return cause.exitCode === 0 ? exitCodes.done : exitCodes.usage
  if (cause instanceof CancelledError) {
    terminal.writeAside('Cancelled.\n')
    return exitCodes.cancelled
  }
  if (cause instanceof FailureError) {
    tellFailure(terminal, cause.failure, isJson)
    return exitCodes.failed
  }
  terminal.writeAside(`understudy: a fault of the program\n${describeCause(cause)}\n`)
  return exitCodes.failed
}
