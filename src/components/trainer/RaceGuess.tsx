import type { ComponentChildren } from 'preact';
import { HELD_BACK, type RunnersRace } from '../../state/run/race.ts';
import { formatCount, formatShare } from '../../explain/numbers.ts';
import { describeLead } from '../../explain/race-words.ts';
import { WinnerGuess } from '../exercises/WinnerGuess.tsx';

interface Props {
  /** `chapter/guess`, the same for ever. */
  id: string;
  race: RunnersRace;
  question: ComponentChildren;
  /** Said when all have arrived: the question why. */
  afterwards: ComponentChildren;
}

/** Who will win a race, and by how much it was won. */
export function RaceGuess({ id, race, question, afterwards }: Props) {
  const labels = race.lanes.value.map(({ label }) => label);
  return (
    <WinnerGuess
      id={id}
      labels={labels}
      isOpen={race.status.value === 'idle'}
      winner={race.winner.value}
      question={question}
      verdict={describeArrival(race, labels)}
      afterwards={afterwards}
    />
  );
}

function describeArrival(race: RunnersRace, labels: readonly string[]): string | undefined {
  if (race.status.value !== 'finished') return undefined;
  const [winner, standings] = [race.winner.value, race.standings.value];
  if (winner === undefined) return 'There is no winner: the loss of each of them is no number any more.';
  const lead = describeLead(
    standings.map(({ evaluation, finished }, n) => ({
      label: labels[n],
      accuracy: finished === 'diverged' ? undefined : evaluation?.accuracy,
    })),
    HELD_BACK,
  );
  const share = formatShare(standings[winner].evaluation!.accuracy, 2);
  return `Of the ${formatCount(HELD_BACK)} held back, ${labels[winner]} reads the most: ${share}${lead && `, ${lead}`}.`;
}
