namespace Navi.Agent.Projects;

/// <summary>Everything a survey's report says, gathered from the files alone. All lists are ordered, so that equal trees give equal facts.</summary>
internal sealed record SurveyFacts(
    int Files,
    long Bytes,
    int Lines,
    IReadOnlyList<LanguageFacts> Languages,
    IReadOnlyList<ProjectFacts> Projects,
    IReadOnlyList<EntryPoint> EntryPoints,
    IReadOnlyList<DependencyFacts> Dependencies,
    IReadOnlyList<string> TestFiles,
    IReadOnlyList<SizedFile> LargeFiles,
    IReadOnlyList<OpenMarker> Markers);
