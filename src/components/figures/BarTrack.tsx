import './BarTrack.css';
import './BarTrack.css';

/** A bar: how much of its track is filled, from 0 to 1. */
export function BarTrack({ share }: { share: number }) {
  return (
    <span class="bar-track">
      <span class="bar-fill" style={{ transform: `scaleX(${share})` }} />
    </span>
  );
}
