import { createRandom } from '../shared/base/random.ts'
import { labelChecks } from '../shared/training/label-checks.ts'
import { createEngine } from './audio/create-engine.ts'
import type { Bridge } from './bridge.ts'
import type { AppContext } from './context.ts'
import { createActs } from './create-acts.ts'
import type { Acts } from './state/acts.ts'
import { Audition } from './state/Audition.svelte.ts'
import { allCommands } from './state/commands/all-commands.ts'
import { Editor } from './state/Editor.svelte.ts'
import { DomainTraining } from './state/DomainTraining.svelte.ts'
import { VocoderTraining } from './state/VocoderTraining.svelte.ts'
import { EmotionTraining } from './state/EmotionTraining.svelte.ts'
import { Engine } from './state/Engine.svelte.ts'
import { Exporting } from './state/Exporting.svelte.ts'
import { Farm } from './state/Farm.svelte.ts'
import { Jobs } from './state/Jobs.svelte.ts'
import { Library } from './state/Library.svelte.ts'
import { Preferences } from './state/Preferences.svelte.ts'
import { Projects } from './state/Projects.svelte.ts'
import { Shell } from './state/Shell.svelte.ts'
import { Shortcuts } from './state/Shortcuts.svelte.ts'
import { Training } from './state/Training.svelte.ts'
import { windowTimers } from './state/ports.ts'
import { editorCommandOf } from './state/menu-commands.ts'
import { undoTyping } from './state/shortcuts.ts'
import { Workspace, type OpenEditor } from './state/Workspace.svelte.ts'
import type { MenuCommand } from '../shared/contract/desktop-bridge.ts'
import type { OpenProject } from '../shared/contract/verbs.ts'
import { say } from './messages/say.svelte.ts'

/** Builds the state of the window around a bridge and keeps it fed with what the application tells. */
export function createAppContext(bridge: Bridge): AppContext {
  const shell = new Shell(() => {
    const { info } = library
    return (
      info && { version: info.version, platform: info.platform, host: info.host, engine: engine.inUse?.label ?? null }
    )
  })
  // In a narrow window the inspector would lie over the lanes.
  followWidth('(min-width: 1280px)', (hasRoom) => (shell.isInspectorOpen = hasRoom))
  // In a window at twice the scale the browser would leave the lanes no room.
  followWidth('(min-width: 960px)', (hasRoom) => (shell.isBrowserOpen = hasRoom))
  const jobs = new Jobs(bridge.call)
  const library = new Library(bridge.call)
  const shortcuts = new Shortcuts(bridge.call)
  const preferences = new Preferences(bridge.call, navigator.languages)
  const engine = new Engine(bridge.call)
  const farm = new Farm(bridge.call, windowTimers, (news) => shell.announce(news))
  const projects = new Projects(bridge.call)
  const training = new Training(bridge.call, jobs, library)
  const emotionTraining = new EmotionTraining(bridge.call, jobs, library, labelChecks)
  const domainTraining = new DomainTraining(bridge.call, jobs, library)
  const vocoderTraining = new VocoderTraining(bridge.call, jobs, library)
  const exporting = new Exporting(bridge.call, jobs)
  const audition = new Audition((id) => bridge.fetchMedia(id))
  const workspace = new Workspace((opened) => buildEditor(opened, { bridge, jobs, library, preferences }, () => acts))
  const parts = {
    bridge,
    shell,
    shortcuts,
    preferences,
    jobs,
    library,
    engine,
    farm,
    projects,
    training,
    emotionTraining,
    domainTraining,
    vocoderTraining,
    exporting,
    audition,
    workspace,
  }
  const acts = createActs(parts)
  const context: AppContext = { ...parts, acts }
  listen(context)
  return context
}

/** Tells whether there is room now, and when that changes. */
function followWidth(query: string, tell: (hasRoom: boolean) => void): void {
  const width = matchMedia(query)
  tell(width.matches)
  width.addEventListener('change', () => tell(width.matches))
}

function buildEditor(
  opened: OpenProject,
  { bridge, jobs, library, preferences }: Pick<AppContext, 'bridge' | 'jobs' | 'library' | 'preferences'>,
  acts: () => Acts,
): OpenEditor {
  const playback = createEngine(opened.document.rateHz, (id, part) => bridge.fetchMedia(id, part))
  const [seed] = crypto.getRandomValues(new Uint32Array(1))
  const editor = new Editor({
    opened,
    call: bridge.call,
    jobs,
    catalog: library,
    media: bridge,
    commandsOf: allCommands,
    host: acts(),
    engine: playback.engine,
    meters: playback.mixer,
    outputs: playback.outputs,
    outputMemory: {
      get wished() {
        return preferences.current.output
      },
      // A choice that could not be kept holds until the window closes.
      keep: (output) => void preferences.choose({ output }).catch(() => {}),
    },
    random: createRandom(seed), // ids must differ between windows
  })
  void editor.outputs.refresh()
  const stopListening = bridge.onEvent((event) => editor.receive(event))
  return {
    editor,
    close: () => {
      stopListening()
      editor.dispose()
      void playback.close()
    },
  }
}

function listen({
  acts,
  bridge,
  shell,
  shortcuts,
  preferences,
  jobs,
  library,
  engine,
  projects,
  training,
  emotionTraining,
  domainTraining,
  vocoderTraining,
  workspace,
}: AppContext): void {
  bridge.onEvent((event) => {
    jobs.receive(event)
    library.receive(event)
    engine.receive(event)
    training.receive(event)
    emotionTraining.receive(event)
    domainTraining.receive(event)
    vocoderTraining.receive(event)
    if (event.kind === 'notice') shell.tell(say.told.said(event.message, event.told))
  })
  let isFirst = true
  bridge.onConnection((connection) => {
    if (connection !== 'connected') return
    void shell.attempt(say.window.libraryNotRead, async () => {
      await Promise.all([
        jobs.load(),
        library.load(),
        engine.load(),
        projects.load(),
        shortcuts.load(),
        preferences.load(),
      ])
      if (isFirst) tellNotices(library, jobs, shell)
      isFirst = false
    })
  })
  bridge.onCommand((command) => {
    if (command.kind === 'open-project') acts.openPath(command.path)
    else if (command.kind === 'save-and-close') void acts.save().then((isSaved) => isSaved && bridge.closeWindow())
    else runMenuCommand(command.command, acts, workspace)
  })
}

/** What a banner asks about already needs no message beside it. */
function tellNotices(library: Library, jobs: Jobs, shell: Shell): void {
  const asked = jobs.leftPaused.map((job) => `“${job.title}”`)
  const { notices, toldNotices } = library.info ?? { notices: [], toldNotices: [] }
  for (const [index, words] of notices.entries()) {
    const notice = say.told.said(words, toldNotices.at(index))
    if (!asked.some((title) => notice.includes(title))) shell.tell(notice)
  }
}

function runMenuCommand(command: MenuCommand, acts: Acts, { editor }: Workspace): void {
  switch (command) {
    case 'new-project':
      return acts.newProject()
    case 'open-project':
      return acts.openProject()
    case 'import':
      return acts.importFiles()
    case 'preferences':
      return acts.showPreferences()
    case 'show-engine':
      return acts.showPreferences()
    case 'show-shortcuts':
      return acts.showShortcuts()
    case 'undo':
    case 'redo':
      // The menu takes these keys on macOS also where somebody types.
      if (!undoTyping(command)) editor?.run(command)
      return
    default:
      editor?.run(editorCommandOf(command))
  }
}
