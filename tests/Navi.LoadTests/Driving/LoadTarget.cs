namespace Navi.LoadTests.Driving;

/// <summary>The NAVI under load.</summary>
/// <param name="Http">Connections to it.</param>
/// <param name="Tokens">One for each user.</param>
/// <param name="Repositories">What tasks are about.</param>
/// <param name="Provider">The model of the tasks.</param>
/// <param name="Seed">The schedule follows from it.</param>
internal sealed record LoadTarget(HttpClient Http, IReadOnlyList<string> Tokens, IReadOnlyList<string> Repositories, string Provider, int Seed);
