//! Who is told what happens: the engine itself prints and writes nothing.

use tokio::sync::mpsc;

use crate::outcome::Event;

/// Is told of every event, in the order things happen within a test.
pub trait Listener: Send + Sync {
    /// Takes one event; may wait, which slows the run down rather than losing anything.
    fn on_event(&self, event: Event) -> impl Future<Output = ()> + Send;
}

impl Listener for mpsc::Sender<Event> {
    async fn on_event(&self, event: Event) {
        // The receiver goes away only when the whole run is being torn down.
        let _ = self.send(event).await;
    }
}
