//! The loop of one user: one goose transaction from the start of the load to its end.

use std::sync::Arc;
use std::time::{Duration, Instant};

use goose::goose::GooseUser;
use tokio::sync::Notify;

use super::course::{Course, Pace};
use super::round::{Due, round};
use crate::http::Transport;

/// How often a user looks whether goose has come to the end of its ramp-up.
const LOOK: Duration = Duration::from_millis(1);

/// How long goose gets after it was last heard of, to forget what it counted during its ramp-up.
const RESET: Duration = Duration::from_millis(20);

/// How long a user rests whose loop is over, until goose tells it to go.
const REST: Duration = Duration::from_millis(50);

/// A transaction: the loop, once; goose calls it again until it tells its users to go.
pub(super) async fn transaction<T: Transport>(shared: &Course<T>, goose: &mut GooseUser) {
    let number = goose.weighted_users_index;
    if shared.has_ended(number) {
        tokio::time::sleep(REST).await;
        return;
    }
    let leaving = Leaving { shared, number };
    if shared.arrive() {
        ramp_up_over(shared, goose, number).await;
        shared.ready.notify_one();
    }
    if let Some(start) = shared.start().await
        && number < shared.users
    {
        work(shared, start, number, goose).await;
    } else {
        shared.stop.cancelled().await;
    }
    drop(leaving);
    if let Some(ended) = &goose.shutdown_channel {
        // When all have told, goose ends; where it has ended already, there is nobody to tell.
        let _ = ended.send(number);
    }
}

/// Notes that the loop is over, however it ended.
struct Leaving<'a, T: Transport> {
    shared: &'a Course<T>,
    number: usize,
}

impl<T: Transport> Drop for Leaving<'_, T> {
    fn drop(&mut self) {
        self.shared.end(self.number);
    }
}

async fn work<T: Transport>(shared: &Course<T>, start: Instant, number: usize, goose: &mut GooseUser) {
    let worker = shared.options.recorder.worker();
    match &shared.pace {
        Pace::Open(gate) => {
            let turn = Arc::new(Notify::new());
            while let Some(arrival) = gate.next(&turn).await {
                let due = Due {
                    number: arrival.number,
                    intended: arrival.due,
                    late: arrival.late,
                };
                round(shared, &worker, due, goose).await;
            }
        }
        Pace::Closed(crowd) => {
            tokio::time::sleep_until(start.into()).await;
            #[expect(clippy::cast_precision_loss, reason = "no machine has 2^52 users")]
            let rank = number as f64;
            while let Some(iteration) = crowd.next(rank, start, &shared.stop).await {
                let due = Due {
                    number: iteration,
                    intended: Instant::now(),
                    late: false,
                };
                let seed = round(shared, &worker, due, goose).await;
                crowd.think(seed, &shared.stop).await;
            }
        }
    }
}

/// Waits until goose has started all users and thrown away what it counted until then: that it takes a message shows
/// that its main loop has come round. (Its other modes throw nothing away, but print to stdout.)
async fn ramp_up_over<T: Transport>(shared: &Course<T>, goose: &GooseUser, number: usize) {
    if let Some(messages) = &goose.shutdown_channel
        && messages.send(number).is_ok()
    {
        while !messages.is_empty() && !shared.stop.is_cancelled() {
            tokio::time::sleep(LOOK).await;
        }
    }
    tokio::time::sleep(RESET).await;
}
