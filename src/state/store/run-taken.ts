/** Thrown by what would write a run that another page has taken over. */
export class RunTaken extends Error {
  constructor() {
    super('another tab has taken the run over');
  }
}
