import '../exercises/exercise.css';
import '../figures/controls.css';
import { useEffect, useState } from 'preact/hooks';
import { crc32 } from '../../lib/data/crc32.ts';
import { type Question, type ReadEmbedLink, readEmbedLink } from '../../state/page/embed-link.ts';
import type { Embed } from '../../state/site/embeds.ts';
import { ChoiceExerciseIsland } from '../exercises/ChoiceExerciseIsland.tsx';
import { NumericExerciseIsland } from '../exercises/NumericExerciseIsland.tsx';
import { beginEmbed } from './begin-embed.ts';

interface Props {
  name: string;
  embed: Embed;
}

/** What the link to a figure alone says of it: what is asked, what of the link is wrong, and what the frame does not let it do. */
export function EmbedIsland({ name, embed }: Props) {
  const [link, setLink] = useState<ReadEmbedLink | undefined>(undefined);
  const [later, setLater] = useState<readonly string[]>([]);
  useEffect(() => {
    document.documentElement.dataset['embedAlive'] = '';
    const read = readEmbedLink(location.search, embed);
    setLink(read);
    const figure = document.querySelector('figure');
    if (figure) beginEmbed(figure, embed, read, (sentence) => setLater((before) => [...before, sentence]));
  }, []);
  if (!link) return null;
  const problems = [...link.problems, ...later];
  return (
    <>
      {problems.length > 0 && (
        <div class="run-trouble" role="alert">
          <p>The link to this figure is not all in order. The figure begins without what is wrong:</p>
          <ul>
            {problems.map((problem) => (
              <li key={problem}>{problem}</li>
            ))}
          </ul>
        </div>
      )}
      {origin === 'null' && <Shut needsWorker={embed.needsWorker ?? false} />}
      {link.question && <Asked name={name} question={link.question} />}
    </>
  );
}

/** What is missing where a page frames the figure without letting it be of its own origin. */
function Shut({ needsWorker }: { needsWorker: boolean }) {
  return (
    <div class="run-notice" role="note">
      <p>
        The page around this frame shuts it off from its own site (its <code>sandbox</code> does not say{' '}
        <code>allow-same-origin</code>). Nothing is kept here: answers and drawings are gone when you leave.
        {needsWorker &&
          ' And what this figure computes in a worker, training or reading the 10,000 test images, cannot be computed here: its buttons will say so.'}
      </p>
      <p>
        All of it works <a href={location.href}>in a window of its own</a>.
      </p>
    </div>
  );
}

const LOOK_AGAIN = 'Look at the figure once more.';

function Asked({ name, question }: { name: string; question: Question }) {
  // Another question of the same figure is another exercise.
  const id = `embed/${name}-${crc32(new TextEncoder().encode(JSON.stringify(question)))}`;
  const asked = <p>{question.text}</p>;
  if (!('options' in question))
    return (
      <NumericExerciseIsland
        id={id}
        answer={question.answer}
        tolerance={question.tolerance}
        hint={LOOK_AGAIN}
      >
        {asked}
      </NumericExerciseIsland>
    );
  const options = question.options.map((text, n) => ({
    text,
    isRight: n === question.right,
    says: n === question.right ? '' : LOOK_AGAIN,
  }));
  return (
    <ChoiceExerciseIsland id={id} options={options}>
      {asked}
    </ChoiceExerciseIsland>
  );
}
