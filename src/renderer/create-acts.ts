import { FailureError } from '../shared/base/errors.ts'
import type { ProjectId } from '../shared/base/id.ts'
import type { FileReference, OpenProject } from '../shared/contract/verbs.ts'
import { renameProject } from '../shared/project/edits/document.ts'
import type { AppContext } from './context.ts'
import { say } from './messages/say.svelte.ts'
import { focusNextPanel } from './panel-focus.ts'
import type { Acts } from './state/acts.ts'
import type { Session } from './state/Session.svelte.ts'
import type { Shell } from './state/Shell.svelte.ts'
import { audioFileKinds, openableProjectKinds, projectFileKinds } from './state/file-kinds.ts'
import { fileNameOf } from './ui/times.ts'

/** Stems start a song of this rate where the person did not choose one. */
const usualRateHz = 48_000

export function createActs(context: Omit<AppContext, 'acts'>): Acts {
  const { bridge, library, projects, shell, workspace } = context

  async function enter(what: string, open: () => Promise<OpenProject>): Promise<boolean> {
    if (shell.isOpening || !(await acts.confirmLeaving())) return false
    shell.isOpening = true
    const opened = await shell.attempt(what, open)
    shell.isOpening = false
    if (!opened) return false
    leaveSong(opened)
    const editor = workspace.show(opened)
    shell.screen = 'song'
    shell.announce(say.window.isOpen(opened.document.name))
    if (opened.copyOf !== null) shell.tell(say.window.isCopy(opened.copyOf))
    if (opened.wasRecovered)
      shell.tell(say.window.wasRecovered(opened.document.name), {
        isOver: () => workspace.editor !== editor || !editor.session.isDirty,
      })
    editor.run('zoom-song')
    void projects.load()
    return true
  }
  /** Gives the open song back, unless it is the next one too; what was not saved has been asked about before. */
  function leaveSong(next?: OpenProject): void {
    const { editor } = workspace
    if (!editor) return
    const projectId = editor.session.project.id
    workspace.clear()
    if (projectId === next?.projectId) return next.wasRecovered ? undefined : forget(projectId)
    void shell.attempt(say.window.songNotClosed, () => projects.close(projectId))
  }
  /** The same song as it was last saved: what was not saved since is not offered again. */
  const forget = (projectId: ProjectId) =>
    void shell.attempt(say.window.notDiscarded, () => projects.discardRecovery(projectId))
  async function importReferences(files: readonly FileReference[]): Promise<void> {
    if (files.length === 0) return
    if (!workspace.editor) {
      const name = nameOfStems(files)
      if (!(await enter(say.window.songNotMade, () => projects.create(name, usualRateHz)))) return
    }
    await workspace.editor?.imports.import(files)
  }

  const acts: Acts = {
    newProject: () => shell.show({ kind: 'new-project' }),
    createProject: (name, rateHz) => void enter(say.window.songNotMade, () => projects.create(name, rateHz)),
    openProject: () =>
      void shell.attempt(say.window.songNotOpened, async () => {
        const [path] = await bridge.chooseFiles('project', openableProjectKinds)
        if (path !== undefined) acts.openPath(path)
      }),
    openPath: (path) => void enter(say.window.songNotOpened, () => projects.open(path)),
    openRecent: (path) => acts.openPath(path),
    openDemo: () => void enter(say.window.demoNotOpened, () => projects.openDemo()),
    recover: (projectId) => void enter(say.window.notRecovered, () => projects.recover(projectId)),
    async save() {
      const session = workspace.editor?.session
      if (!session) return true
      if (session.path === null) return saveAs(context)
      return tellSaved(shell, session, await session.save())
    },
    saveAs: () => void saveAs(context),
    closeProject: () =>
      void acts.confirmLeaving().then((mayLeave) => {
        if (!mayLeave || !workspace.editor) return
        leaveSong()
        shell.screen = 'start'
        void projects.load()
      }),
    importFiles: () =>
      void shell.attempt(say.window.filesNotImported, async () => {
        const paths = await bridge.chooseFiles('stems', audioFileKinds)
        await importReferences(paths.map((path) => ({ kind: 'path', path })))
      }),
    chooseImports: () => acts.importFiles(),
    async importDropped(files) {
      await shell.attempt(say.window.filesNotImported, async () => {
        const references = await bridge.fileReferences(files)
        const named = references.map((reference) => ({ reference, name: nameOf(reference) }))
        const song = named.find(({ reference, name }) => reference.kind === 'path' && name.endsWith('.understudy'))
        if (song?.reference.kind === 'path') return acts.openPath(song.reference.path)
        const singers = named.filter(({ name }) => name.endsWith('.singer'))
        for (const { reference } of singers) shell.tell(say.browser.canSing((await library.importFrom(reference)).name))
        await importReferences(named.filter((one) => !singers.includes(one)).map(({ reference }) => reference))
      })
    },
    exportProject: () => {
      if (workspace.editor) shell.show({ kind: 'export' })
    },
    trainSinger: () => void (shell.screen = 'training'),
    trainEmotions: () => void (shell.screen = 'emotion-training'),
    trainInstruments: () => void (shell.screen = 'instrument-training'),
    trainVocoder: () => void (shell.screen = 'vocoder-training'),
    leaveTraining: () => void (shell.screen = workspace.editor ? 'song' : 'start'),
    showShortcuts: () => shell.show({ kind: 'shortcuts' }),
    showPreferences: () => shell.show({ kind: 'preferences' }),
    togglePanel: (panel) => shell.togglePanel(panel),
    isPanelOpen: (panel) => shell.isPanelOpen(panel),
    focusNextPanel,
    say: (message) => shell.say(message),
    tell: (message) => shell.tell(message),
    fail: (what, error) => shell.fail(what, error),
    confirmLeaving: () => confirmLeaving(context, () => acts.save()),
  }
  return acts
}

/** True once the song lies at a place that the person chose, and is called as its file. */
async function saveAs({ bridge, shell, workspace }: Omit<AppContext, 'acts'>): Promise<boolean> {
  const session = workspace.editor?.session
  if (!session) return true
  const path = await bridge.chooseSavePath('project', `${session.project.name}.understudy`, projectFileKinds)
  if (path === null) return false
  const name = fileNameOf(path).replace(/\.understudy$/i, '')
  session.edit(say.edits.rename(session.project.name), (project) =>
    project.name === name ? project : renameProject(project, name),
  )
  return tellSaved(shell, session, await session.save(path))
}

function tellSaved(shell: Shell, { saveFailure }: Session, isSaved: boolean): boolean {
  if (isSaved) shell.say(say.window.saved)
  else if (saveFailure) shell.fail(say.window.songNotSaved, new FailureError(saveFailure))
  return isSaved
}

function confirmLeaving(
  { jobs, shell, workspace }: Omit<AppContext, 'acts'>,
  save: () => Promise<boolean>,
): Promise<boolean> {
  const session = workspace.editor?.session
  if (!session?.isDirty) return Promise.resolve(true)
  const { id } = session.project
  const isConverting = jobs.active.some(({ subject }) => subject.kind === 'region' && subject.projectId === id)
  return new Promise((resolve) =>
    shell.show({
      kind: 'question',
      title: say.window.saveQuestion(session.project.name),
      text: isConverting ? say.window.saveNoteConverting : say.window.saveNote,
      choices: [
        { label: say.window.save, kind: 'primary', run: () => void save().then(resolve) },
        { label: say.window.cancel, kind: 'default', run: () => resolve(false) },
        { label: say.window.dontSave, kind: 'ghost', run: () => resolve(true) },
      ],
      cancel: () => resolve(false),
    }),
  )
}

const nameOf = (reference: FileReference): string =>
  (reference.kind === 'path' ? fileNameOf(reference.path) : reference.fileName).toLowerCase()

/** One stem gives its name; several the name of their folder. */
function nameOfStems(files: readonly FileReference[]): string {
  const [first] = files
  if (files.length > 1 && first.kind === 'path') {
    return first.path.split(/[\\/]+/).at(-2) || say.dialogs.untitled
  }
  const name = first.kind === 'path' ? fileNameOf(first.path) : first.fileName
  return files.length > 1 ? say.dialogs.untitled : name.replace(/\.[a-z0-9]{1,5}$/i, '') || say.dialogs.untitled
}
