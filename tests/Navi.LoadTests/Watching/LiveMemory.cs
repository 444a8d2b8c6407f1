namespace Navi.LoadTests.Watching;

/// <summary>What a process really holds: its memory right after all garbage was collected, at a moment of a run.</summary>
/// <param name="Seconds">Since the run's start.</param>
/// <param name="HeapMb">The managed heap, in MB.</param>
/// <param name="ResidentMb">The whole process, in MB.</param>
internal sealed record LiveMemory(double Seconds, double HeapMb, double ResidentMb);
