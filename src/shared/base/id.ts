import type { Random } from './random.ts'

declare const brand: unique symbol
/** A text that is good for one purpose only. */
export type Branded<Name extends string> = string & { readonly [brand]: Name }

export type ProjectId = Branded<'ProjectId'>
export type TrackId = Branded<'TrackId'>
export type RegionId = Branded<'RegionId'>
/** SHA-256 of the imported file's bytes as 64 hexadecimal digits. */
export type SourceId = Branded<'SourceId'>
export type SingerId = Branded<'SingerId'>
/** A person's own emotion model. */
export type EmotionModelId = Branded<'EmotionModelId'>
/** A person's own vocoder. */
export type VocoderId = Branded<'VocoderId'>
/** What music is translated into: an instrument, an ensemble, a voice. */
export type DomainId = Branded<'DomainId'>
/** Who performs a region: a singer sings it, a domain plays it. */
export type PerformerId = SingerId | DomainId
export type JobId = Branded<'JobId'>
export type MarkerId = Branded<'MarkerId'>
/** SHA-256 over everything that decides a render's sound. */
export type RenderKey = Branded<'RenderKey'>

type AnyId = ProjectId | TrackId | RegionId | SingerId | EmotionModelId | VocoderId | DomainId | JobId | MarkerId

/** Mints an id of 20 letters and digits. Ids never change; names are elsewhere. */
export function mintId<Id extends AnyId>(random: Random): Id {
  const alphabet = '0123456789abcdefghjkmnpqrstvwxyz'
  let id = ''
  for (let position = 0; position < 20; position++) id += alphabet[random.integer(32)]
  return id as Id // a brand exists only at compile time; this is where it is given
}
