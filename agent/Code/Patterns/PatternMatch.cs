namespace Navi.Agent.Code;

/// <summary>A place where a rule's expression matches, without the match itself: a file may have hundred thousands.</summary>
/// <param name="Rule">Index in the language's rules.</param>
/// <param name="Start">Where the match begins.</param>
/// <param name="Name">Where the name begins.</param>
/// <param name="Length">Of the name.</param>
/// <param name="Owner">Where the owner's name begins; -1 when the definition does not say it.</param>
/// <param name="OwnerLength">Of the owner's name.</param>
internal readonly record struct PatternMatch(int Rule, int Start, int Name, int Length, int Owner, int OwnerLength);
