import type { Handlers } from './handlers.ts'
import { openedProject } from './opened-project.ts'
import { valueOf } from './outcome.ts'
import { documentOf } from './project.ts'

type RecoveryVerbs = Pick<
  Handlers,
  'project:autosave' | 'project:listRecoveries' | 'project:recover' | 'project:discardRecovery'
>

/** What the person never lost: documents kept beside their own files until these are saved. */
export const recoveryVerbs: RecoveryVerbs = {
  'project:autosave': async ({ projectId, document: given, editCount }, { projects, recovery }) => {
    const { path, mediaFolder } = projects.get(projectId)
    const document = documentOf(given, projectId)
    const autosavedAtMs = Date.now()
    recovery.keep({ document, savedPath: path, mediaFolder, autosavedAtMs, editCount })
    return { savedAtMs: autosavedAtMs }
  },
  'project:listRecoveries': (_request, { recovery }) => Promise.resolve(recovery.list()),
  // The entry stays: a recovered session is protected until it is saved.
  'project:recover': async ({ projectId }, context) => {
    const { document, savedPath, mediaFolder } = valueOf(context.recovery.read(projectId))
    return openedProject({ document, path: savedPath, mediaFolder, wasRecovered: true }, context)
  },
  'project:discardRecovery': async ({ projectId }, { projects, recovery }) => {
    recovery.discard(projectId)
    if (!projects.find(projectId)) await projects.removeUnsavedMedia(projectId)
    return {}
  },
}
