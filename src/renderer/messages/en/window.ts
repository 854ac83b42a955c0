export const window = {
  saved: 'Saved.',
  songNotSaved: 'The song was not saved',

  // create-acts
  isOpen: (song: string) => `${song} is open.`,
  isCopy: (path: string) => `This is a copy of the song at ${path}. From now on it is a song of its own.`,
  wasRecovered: (song: string) => `${song} was recovered. Save it to keep it.`,
  songNotClosed: 'The song was not closed',
  notDiscarded: 'The work was not discarded',
  songNotMade: 'The song was not made',
  songNotOpened: 'The song was not opened',
  demoNotOpened: 'The demo song was not opened',
  notRecovered: 'The work was not recovered',
  filesNotImported: 'The files were not imported',
  saveQuestion: (song: string) => `Save the changes to “${song}”?`,
  saveNote: 'They are lost otherwise.',
  saveNoteConverting: 'They are lost otherwise. Conversions that still run end with the song.',
  save: 'Save',
  cancel: 'Cancel',
  dontSave: 'Don’t save',

  // create-app-context
  libraryNotRead: 'The library could not be read',

  // outputs
  unnamedDevice: 'Unnamed device',

  // fetch-bytes
  audioNotHandedOver: 'The application did not hand over the audio.',
  tryAgain: 'Try again.',

  // socket-connection
  connectionLost: 'The connection to the application is lost.',
  reconnects: 'Your song is unchanged in this window. It reconnects by itself.',
}
