// Copyright 2026 The aio-netty authors
// SPDX-License-Identifier: Apache-2.0
//
// Goes to the middle of the page's video and plays on from there.
const done = arguments[arguments.length - 1];
const video = document.querySelector('video');
const result = error => done({
  error: error || '', width: video.videoWidth, duration: video.duration, time: video.currentTime,
});
setTimeout(() => result('too late, state ' + video.readyState), 25000);
video.onerror = () => result(video.error.message);
const begin = () => {
  const middle = video.duration / 2;
  video.onseeked = () => video.play().catch(e => result(String(e)));
  video.ontimeupdate = () => video.currentTime > middle + 0.3 && result();
  video.currentTime = middle;
};
video.readyState > 0 ? begin() : video.onloadedmetadata = begin;
