//! Who is told what happens: the engine itself prints and writes nothing.

use tokio::sync::mpsc;

use super::call::SeenCall;
use super::finished_step::FinishedStep;
use crate::outcome::Event;

/// Is told of everything, in the order things happen within a test.
pub trait Listener: Send + Sync {
    /// Takes one event; may wait, which slows the run down rather than losing anything.
    fn on_event(&self, event: Event) -> impl Future<Output = ()> + Send;

    /// Takes a finished step. A listener that needs no masked record of every exchange saves most of a step's cost by
    /// looking at the step itself; by default the record is made and passed on as an event.
    fn on_step(&self, step: FinishedStep<'_>) -> impl Future<Output = ()> + Send {
        self.on_event(Event::StepFinished(Box::new(step.record())))
    }

    /// Takes one call, each of a poll's too, before the step it belongs to has ended.
    fn on_call(&self, _call: SeenCall<'_>) {}
}

impl Listener for mpsc::Sender<Event> {
    async fn on_event(&self, event: Event) {
        // The receiver goes away only when the whole run is being torn down.
        let _ = self.send(event).await;
    }
}
