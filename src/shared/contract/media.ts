import type { EmotionModelId, ProjectId, RenderKey, SingerId, SourceId, VocoderId } from '../base/id.ts'

/**
 * Audio that the window may fetch, by id and never by path: `GET <root>/media/<id>` answers 32-bit float WAV
 * at the project's rate, `GET <root>/peaks/<id>` its peaks pyramid (shared/dsp/peaks.ts). `<root>` is
 * `media://understudy` in Electron and the server's own origin in the headless host.
 * In the headless host `POST /upload` with the file's name in the header `x-file-name` (percent-encoded) stores a
 * dropped file and answers `{"uploadId": …}`.
 */
export type MediaId = string & { readonly mediaBrand?: never }

export const sourceMediaId = (projectId: ProjectId, sourceId: SourceId): MediaId =>
  `project/${projectId}/source/${sourceId}`
export const renderMediaId = (projectId: ProjectId, key: RenderKey): MediaId => `project/${projectId}/render/${key}`
export const clipMediaId = (clipId: SourceId): MediaId => `clip/${clipId}`
/** A phrase as a checkpoint of a singer's training sings it. */
export const auditionMediaId = (singerId: SingerId, auditionId: string): MediaId => `audition/${singerId}/${auditionId}`
/** The held-out phrase as it was sung. */
export const ORIGINAL_AUDITION_ID = 'original'
/** A clip as an emotion model made it sound at a checkpoint, or as it was. */
export const emotionAuditionMediaId = (modelId: EmotionModelId, auditionId: string): MediaId =>
  `emotion-audition/${modelId}/${auditionId}`
/** A recording as a checkpoint of a vocoder sings it, or as it was. */
export const vocoderAuditionMediaId = (vocoderId: VocoderId, auditionId: string): MediaId =>
  `vocoder-audition/${vocoderId}/${auditionId}`
