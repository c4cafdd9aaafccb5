//! How far a search is, and whether it goes on.

/// What a search is doing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stage {
    /// Who meets when.
    Placing,
    /// Who meets whom.
    Mixing,
    /// Who meets whom next.
    Rounds,
}

/// How far a search is. It depends on the request alone, never on the clock.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Progress {
    /// What it is doing.
    pub stage: Stage,
    /// Steps of this stage that are gone.
    pub done: u64,
    /// Steps that this stage takes at most.
    pub of: u64,
}

/// Whether to go on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Go {
    /// On.
    On,
    /// Stop, and answer with the best plan so far.
    Stop,
}

/// The budget of one stage. Searches take their steps from it and end when it gives none.
pub(super) struct Steps<'a> {
    stage: Stage,
    done: u64,
    of: u64,
    told: u64,
    stopped: bool,
    report: &'a mut dyn FnMut(Progress) -> Go,
}

impl<'a> Steps<'a> {
    /// A budget of so many steps, told to `report` about a hundred times.
    pub(super) fn new(stage: Stage, of: u64, report: &'a mut dyn FnMut(Progress) -> Go) -> Self {
        let mut steps = Self { stage, done: 0, of, told: 0, stopped: false, report };
        steps.tell();
        steps
    }

    /// Takes steps; false if there are none left or the search was stopped. To be called with
    /// many steps at once (some thousands) rather than with one.
    pub(super) fn take(&mut self, steps: u64) -> bool {
        self.done = self.done.saturating_add(steps);
        if self.done >= self.told.saturating_add(self.of / 100).min(self.of) {
            self.tell();
        }
        self.left()
    }

    /// Whether the search may go on.
    pub(super) const fn left(&self) -> bool {
        !self.stopped && self.done < self.of
    }

    /// How many steps are left.
    pub(super) const fn rest(&self) -> u64 {
        self.of.saturating_sub(self.done)
    }

    fn tell(&mut self) {
        if self.stopped || (self.told >= self.of && self.told > 0) {
            return;
        }
        self.told = self.done.min(self.of);
        let progress = Progress { stage: self.stage, done: self.told, of: self.of };
        self.stopped = (self.report)(progress) == Go::Stop;
    }
}
