// Labs share a machine of two cores: one run after another, so that time limits mean something.
[assembly: CollectionBehavior(DisableTestParallelization = true)]
