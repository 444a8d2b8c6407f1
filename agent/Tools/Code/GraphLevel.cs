namespace Navi.Agent.Tools.Code;

/// <summary>What a graph of dependencies is made of.</summary>
internal enum GraphLevel
{
    Projects,
    Directories,
    Files,
}
